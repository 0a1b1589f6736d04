"""Calls to other systems over HTTP, with a hard end and with what is known when they fail."""
