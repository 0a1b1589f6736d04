"""Resetting a forgotten password by a link that is sent by email."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import UserId

LIFETIME = timedelta(minutes=30)
"""How long a link works (OWASP, Forgot Password Cheat Sheet: single use, and not for long)."""


@dataclass(frozen=True, slots=True)
class PasswordReset:
    """What a link was sent for; only the SHA-256 of its token is kept."""

    token_hash: bytes
    user_id: UserId
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, user_id: UserId, token: str, at: datetime) -> PasswordReset:
        """Good for ``LIFETIME``."""
        return cls(hash_of(token), user_id, at, at + LIFETIME)


def hash_of(token: str) -> bytes:
    """SHA-256: 256 random bits make a slow hash needless."""
    return hashlib.sha256(token.encode(errors="replace")).digest()
