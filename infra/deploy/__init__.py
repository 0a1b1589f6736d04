"""`make deploy`: a stage's parameters, its release, and what must be there before."""
