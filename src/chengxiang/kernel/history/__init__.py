"""History: who did what to which record and why, and who read what."""
