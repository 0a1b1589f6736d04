"""Access tokens that were logged out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime


class Denylist(Protocol):
    """Access tokens that were logged out before they expired."""

    def deny(self, token_id: str, until: datetime) -> None:
        """Remember until the token expires anyway. Never raises."""

    def is_denied(self, token_id: str) -> bool:
        """False, with a warning in the log, when the list is away: tokens are short-lived.

        Never raises.
        """
