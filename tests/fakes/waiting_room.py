"""Port WaitingRoom in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.ports.outside.waiting_room import PLACES_EACH

if TYPE_CHECKING:
    from offers.domain.ids import UserId


class FakeWaitingRoom:
    """Places are freed by leaving only; ``is_away`` lets nobody in."""

    def __init__(self, places: int = 100) -> None:
        self.places = places
        self.taken: set[tuple[UserId, int]] = set()
        self.is_away = False

    def enter(self, user_id: UserId, seconds: float) -> int | None:  # the port's
        if self.is_away or len(self.taken) >= self.places:
            return None
        for place in range(PLACES_EACH):
            if (user_id, place) not in self.taken:
                self.taken.add((user_id, place))
                return place
        return None

    def leave(self, user_id: UserId, place: int) -> None:
        self.taken.discard((user_id, place))
