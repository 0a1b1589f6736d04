"""A username and a password, and how to ask for them."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Credentials(NamedTuple):
    """For PostgreSQL or Redis."""

    username: str
    password: str


class AskCredentials(Protocol):
    """Asked at every new connection."""

    def __call__(self, *, fresh: bool = False) -> Credentials:
        """As they are known, or ``fresh``: read again, because the known ones were refused."""
