"""Port LoginThrottle in memory."""

from __future__ import annotations

from offers.domain.errors.sessions import TooManyAttempts


class FakeLoginThrottle:
    """Counts without forgetting; ``is_away`` lets everybody through, as the port demands."""

    def __init__(self, per_username: int = 5, per_address: int = 50) -> None:
        self.limits = {"username": per_username, "address": per_address}
        self.tries: dict[tuple[str, str], int] = {}
        self.is_away = False

    def admit(self, username: str, address: str) -> None:
        if self.is_away:
            return
        for name in self._names(username, address):
            self.tries[name] = self.tries.get(name, 0) + 1
        if any(self.tries[name] > self.limits[name[0]] for name in self._names(username, address)):
            raise TooManyAttempts(retry_after_seconds=900)

    def clear(self, username: str, address: str) -> None:
        user, place = self._names(username, address)
        self.tries.pop(user, None)
        self.tries[place] = max(0, self.tries.get(place, 0) - 1)

    @staticmethod
    def _names(username: str, address: str) -> tuple[tuple[str, str], tuple[str, str]]:
        return ("username", username.casefold()), ("address", address)
