"""Sessions that were ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from offers.domain.ids import SessionId


class Denylist(Protocol):
    """Sessions that were ended while access tokens of theirs were out."""

    def deny(self, session_ids: Collection[SessionId], until: datetime) -> None:
        """Remember until the last of their access tokens has expired. Never raises."""

    def is_denied(self, session_id: SessionId) -> bool:
        """False, with a warning in the log, when the list is away: tokens are short-lived.

        Never raises.
        """
