"""The `offers` command: administration from a terminal."""
