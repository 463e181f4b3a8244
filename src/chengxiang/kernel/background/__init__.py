"""Background: long work with progress and a way to stop it."""
