"""Places for requests that wait, each of which holds a whole execution environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.ids import UserId

PLACES_EACH = 2
"""How many requests of one user may wait at once: a tab and a phone."""


class WaitingRoom(Protocol):
    """Bounded for each user and in all, over all execution environments."""

    def enter(self, user_id: UserId, seconds: float) -> int | None:
        """A place for at most ``seconds``; it then frees itself, whatever became of its holder.

        None if the user has PLACES_EACH already, if the room is full, or if nobody can tell: not
        waiting harms nobody. Never raises.
        """

    def leave(self, user_id: UserId, place: int) -> None:
        """Free the place. Never raises."""
