"""The edge: turns HTTP, queue and schedule events into calls of services, and results into
answers."""
