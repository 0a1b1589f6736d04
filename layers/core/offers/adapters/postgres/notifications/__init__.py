"""What people are told by email."""
