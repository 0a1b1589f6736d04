"""Passwords that were forgotten."""
