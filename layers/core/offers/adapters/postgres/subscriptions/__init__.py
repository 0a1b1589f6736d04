"""What runs, and what time does to it."""
