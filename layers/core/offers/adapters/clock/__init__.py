"""Time and new identifiers."""
