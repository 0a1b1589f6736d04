"""The servers that the stack starts and stops."""
