"""Random numbers that guard nothing."""

from collections.abc import Callable

Chance = Callable[[], float]
"""A number from 0 up to 1, another one each time and in each process."""
