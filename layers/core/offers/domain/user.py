"""Users: customers and administrators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import UserId


class Role(StrEnum):
    """What a user may do: customers act for themselves, admins for the provider."""

    CUSTOMER = "customer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class User:
    """Someone who can sign in. ``time_zone`` is an IANA name, ``locale`` a BCP 47 tag."""

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
