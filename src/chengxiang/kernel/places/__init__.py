"""Places: the five levels, dated; the place code joins everything else."""
