"""The web site and the command line: where the areas are put together."""
