"""Facts, dated: who, which, where."""
