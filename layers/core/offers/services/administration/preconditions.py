"""Optimistic concurrency: a change may be bound to the version that it was made from."""

from collections.abc import Callable

Precondition = Callable[[int], None]
"""Given the current version, raise StaleVersion if the caller saw another one."""


def whatever_version(_version: int) -> None:
    """No condition."""
