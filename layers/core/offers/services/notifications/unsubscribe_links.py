"""Links that switch reminders off without signing in (RFC 2369 §3.2, RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.domain.user import User

PATH = "/api/v1/notifications/unsubscribe"


@dataclass(frozen=True, slots=True)
class UnsubscribeLinks:
    """``public_url`` is where the API is reached."""

    public_url: str

    def url(self, user: User) -> str:
        """The page that asks; a POST to it unsubscribes."""
        return f"{self.public_url}{PATH}?token={user.unsubscribe_token}"

    def headers(self, user: User) -> Mapping[str, str]:
        """What lets a mail program offer it with one click."""
        return {
            "List-Unsubscribe": f"<{self.url(user)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
