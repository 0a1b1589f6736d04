"""Writing emails."""
