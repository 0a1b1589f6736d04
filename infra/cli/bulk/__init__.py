"""Many rows from a file: streamed, resumable, each exactly once."""
