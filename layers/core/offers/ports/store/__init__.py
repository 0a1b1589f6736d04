"""The truth, one file a noun; ``work.py`` names what a unit of work can reach."""
