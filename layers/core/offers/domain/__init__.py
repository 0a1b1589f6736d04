"""Entities, value objects, rules and errors: pure Python, no input or output, no clock."""
