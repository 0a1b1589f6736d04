"""What every change to a thing is made of: what is kept or taken away, and from which version."""

from __future__ import annotations

from enum import Enum
from typing import Final, TypeVar

from offers.domain.errors.administration import StaleVersion

T = TypeVar("T")


class Removal(Enum):
    """The one thing a change can say that is neither a new value nor nothing."""

    REMOVE = "remove"


REMOVE: Final = Removal.REMOVE
"""Take away what there is; None in a change keeps it."""

SeenVersions = frozenset[int] | None
"""The versions that the caller may have seen (RFC 9110 §13.1.1, If-Match); None: any."""


def or_kept(wanted: T | None, kept: T) -> T:
    """What is wanted, or what there is if nothing is said about it."""
    return kept if wanted is None else wanted


def require_seen(version: int, seen: SeenVersions) -> None:
    """Raise StaleVersion if the caller saw other versions only."""
    if seen is not None and version not in seen:
        raise StaleVersion
