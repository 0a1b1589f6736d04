"""Ports EmailWriter and EmailSender in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offers.domain.notification import Email
from offers.ports.outside.emails import AddressRefused, EmailRefused, EmailUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.domain.notification import Notice
    from offers.domain.user import User


class FakeEmailWriter:
    """Writes which facts it was given, no prose."""

    def write(self, notice: Notice, user: User, facts: Mapping[str, Any]) -> Email:
        words = f"{notice} for {user.username}: {', '.join(sorted(facts))}"
        return Email(subject=str(notice), text=words, html=f"<p>{words}</p>")


class FakeEmailSender:
    """Keeps what was sent. ``refused`` recipients and what is in ``no_addresses`` are never
    accepted; ``is_away`` accepts nothing now."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Email, dict[str, str]]] = []
        self.refused: set[str] = set()
        self.no_addresses: set[str] = set()
        self.is_away = False

    def send(self, recipient: str, email: Email, headers: Mapping[str, str]) -> None:
        if self.is_away:
            raise EmailUnavailable
        if recipient in self.no_addresses:
            raise AddressRefused
        if recipient in self.refused:
            raise EmailRefused
        self.sent.append((recipient, email, dict(headers)))
