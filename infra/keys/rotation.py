"""A ring of keys changes in steps, so that at no moment a token is signed with a key, or a value
sealed with one, that somebody does not know yet.

The first key of a ring signs and seals; all of them verify and open. Functions read a ring anew
after five minutes, and clients keep the published keys for another five.

1. ``publish``: a new key, second.
2. ten minutes later ``promote``: it becomes the first.
3. twenty minutes later ``retire``: the others go. Not for sealing: what they sealed would be lost.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

KNOWN_EVERYWHERE = timedelta(minutes=10)
TOKENS_ARE_OVER = timedelta(minutes=20)
"""An access token is good for fifteen; five more for who read the ring just before."""

Ring = dict[str, Any]


class TooEarly(Exception):
    """The step before has not reached everybody yet."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"Too early: wait another {int(wait.total_seconds() // 60) + 1} minutes.")


class NothingToRetire(Exception):
    """There is one key only."""

    def __init__(self) -> None:
        super().__init__("There is one key only; rotate first.")


def publish(ring: Ring, key: dict[str, str]) -> Ring:
    """With ``key`` second: known, not used yet."""
    first, *others = ring["keys"]
    return {**ring, "keys": [first, key, *others]}


def promote(ring: Ring, age: timedelta) -> Ring:
    """With the published key first. Raises TooEarly if the ring is younger than ten minutes."""
    _wait_for(KNOWN_EVERYWHERE, age)
    first, published, *others = ring["keys"]
    return {**ring, "keys": [published, first, *others]}


def retire(ring: Ring, age: timedelta) -> Ring:
    """With the first key only. Raises TooEarly or NothingToRetire."""
    if len(ring["keys"]) == 1:
        raise NothingToRetire
    _wait_for(TOKENS_ARE_OVER, age)
    return {**ring, "keys": ring["keys"][:1]}


def _wait_for(wanted: timedelta, age: timedelta) -> None:
    if age < wanted:
        raise TooEarly(wanted - age)
