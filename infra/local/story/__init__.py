"""The story that ``make demo`` tells, a chapter a file."""
