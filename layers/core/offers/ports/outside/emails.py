"""Writing and sending emails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from offers.domain.notification import Email, Notice, PartnerNotice
    from offers.domain.partner import Partner
    from offers.domain.user import User


class EmailWriter(Protocol):
    """Turns notices into words."""

    def write(self, notice: Notice, user: User, facts: Mapping[str, Any]) -> Email:
        """In the user's locale and time zone; ``facts`` are the values that the templates name."""

    def write_to_partner(self, notice: PartnerNotice, partner: Partner) -> Email:
        """In English; times in UTC."""


class EmailSender(Protocol):
    """Hands emails to the mail service."""

    def send(self, recipient: str, email: Email, headers: Mapping[str, str]) -> None:
        """Raise EmailRefused (definite) or EmailUnavailable (try again)."""


class EmailRefused(Exception):
    """The mail service will never take this message."""


class AddressRefused(EmailRefused):
    """Nor any other message to this address: it is none."""


class EmailUnavailable(Exception):
    """The mail service cannot take it now."""
