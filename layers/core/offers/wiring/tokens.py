"""What signing in needs."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from offers.wiring import aws, settings

if TYPE_CHECKING:
    from offers.adapters.passwords.argon2_passwords import Argon2Passwords
    from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens
    from offers.adapters.tokens.key_ring import KeyRing
    from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
    from offers.ports.ids import NewId


def _key_ring() -> KeyRing:
    """Read at every use, so that rotated keys are seen; parsed only when they changed."""
    secret_id = settings.TokenSettings.read(os.environ).keys_secret_id
    return _parsed(json.dumps(dict(aws.secret(secret_id)())))


@lru_cache(maxsize=1)
def _parsed(secret: str) -> KeyRing:
    from offers.adapters.tokens.key_ring import KeyRing

    return KeyRing.parse(secret)


def access_tokens(new_id: NewId) -> JwtAccessTokens:
    """Signs and verifies access tokens."""
    from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens

    known = settings.TokenSettings.read(os.environ)
    return JwtAccessTokens(_key_ring, known.issuer, known.access_seconds, new_id)


def refresh_tokens() -> HmacRefreshTokens:
    """Makes refresh tokens."""
    from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens

    return HmacRefreshTokens(_key_ring)


def refresh_ttl() -> timedelta:
    """How long a refresh token is good for."""
    return timedelta(seconds=settings.TokenSettings.read(os.environ).refresh_seconds)


def access_ttl() -> timedelta:
    """How long an access token is good for."""
    return timedelta(seconds=settings.TokenSettings.read(os.environ).access_seconds)


def session_ttl() -> timedelta:
    """How long a session can be prolonged."""
    return timedelta(seconds=settings.TokenSettings.read(os.environ).session_seconds)


def passwords() -> Argon2Passwords:
    """Hashes and compares passwords."""
    from offers.adapters.passwords.argon2_passwords import Argon2Passwords

    return Argon2Passwords()
