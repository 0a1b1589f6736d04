"""Users: customers and administrators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.sign_in import sign_in_name

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offers.domain.ids import UserId


class Role(StrEnum):
    """What a user may do: customers act for themselves, admins for the provider."""

    CUSTOMER = "customer"
    ADMIN = "admin"


class EmailStatus(StrEnum):
    """What bounces and complaints say of an address; only to a deliverable one is anything sent."""

    DELIVERABLE = "deliverable"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


@dataclass(frozen=True, slots=True)
class User:
    """Someone who can sign in. ``time_zone`` is an IANA name, ``locale`` a BCP 47 tag.

    ``unsubscribe_token`` is what a link in a reminder holds: 122 random bits.
    """

    id: UserId
    username: str
    email: str
    first_name: str
    last_name: str
    locale: str
    time_zone: str
    role: Role
    password_hash: str
    is_active: bool
    created_at: datetime
    unsubscribe_token: UUID
    email_status: EmailStatus = EmailStatus.DELIVERABLE
    reminders_off_at: datetime | None = None
    version: int = 1

    @property
    def sign_in_name(self) -> str:
        """What tells users apart: no two have the same."""
        return sign_in_name(self.username)

    @property
    def wants_reminders(self) -> bool:
        """Whether they did not unsubscribe."""
        return self.reminders_off_at is None
