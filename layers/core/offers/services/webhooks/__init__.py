"""What partners are told."""
