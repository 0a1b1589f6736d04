"""What a fresh laptop stack holds (CONTRACT.md, "The laptop stack")."""
