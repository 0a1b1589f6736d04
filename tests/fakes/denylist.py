"""Port Denylist in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from offers.domain.ids import SessionId


class FakeDenylist:
    """Remembers until when each session is denied, and denies it for ever; ``is_away`` denies
    nothing."""

    def __init__(self) -> None:
        self.denied: dict[SessionId, datetime] = {}
        self.is_away = False

    def deny(self, session_ids: Collection[SessionId], until: datetime) -> None:
        if not self.is_away:
            self.denied |= dict.fromkeys(session_ids, until)

    def is_denied(self, session_id: SessionId) -> bool:
        return not self.is_away and session_id in self.denied
