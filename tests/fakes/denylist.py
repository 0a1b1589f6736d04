"""Port Denylist in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class FakeDenylist:
    """Remembers until when each token is denied, and denies it for ever; ``is_away`` denies
    nothing."""

    def __init__(self) -> None:
        self.denied: dict[str, datetime] = {}
        self.is_away = False

    def deny(self, token_id: str, until: datetime) -> None:
        if not self.is_away:
            self.denied[token_id] = until

    def is_denied(self, token_id: str) -> bool:
        return not self.is_away and token_id in self.denied
