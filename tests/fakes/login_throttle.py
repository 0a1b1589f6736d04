"""Port LoginThrottle in memory."""

from __future__ import annotations

from offers.domain.errors import TooManyAttempts


class FakeLoginThrottle:
    """Counts without forgetting; ``is_away`` lets everybody through, as the port demands."""

    def __init__(self, per_username: int = 5, per_address: int = 50) -> None:
        self.limits = {"username": per_username, "address": per_address}
        self.failures: dict[tuple[str, str], int] = {}
        self.is_away = False

    def check(self, username: str, address: str) -> None:
        if self.is_away:
            return
        for kind, name in self._names(username, address):
            if self.failures.get((kind, name), 0) >= self.limits[kind]:
                raise TooManyAttempts(retry_after_seconds=900)

    def record_failure(self, username: str, address: str) -> None:
        for name in () if self.is_away else self._names(username, address):
            self.failures[name] = self.failures.get(name, 0) + 1

    def clear(self, username: str) -> None:
        self.failures.pop(("username", username.casefold()), None)

    @staticmethod
    def _names(username: str, address: str) -> tuple[tuple[str, str], ...]:
        return ("username", username.casefold()), ("address", address)
