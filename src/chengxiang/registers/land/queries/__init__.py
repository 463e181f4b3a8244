"""Everything that is read from the land register, through `visible_to`."""
