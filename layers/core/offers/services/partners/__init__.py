"""Partners and what they order."""
