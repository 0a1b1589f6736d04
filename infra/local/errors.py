"""What can keep the laptop stack from doing its work."""

from __future__ import annotations


class StackError(Exception):
    """One clear sentence for the person at the terminal: what is wrong and what to do about it."""
