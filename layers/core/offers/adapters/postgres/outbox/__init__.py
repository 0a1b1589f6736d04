"""Messages on their way to a queue."""
