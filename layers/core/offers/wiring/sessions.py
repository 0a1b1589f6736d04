"""Signing in and out."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from offers.entrypoints import settings
from offers.wiring import outside

if TYPE_CHECKING:
    from offers.adapters.redis.denylist import RedisDenylist
    from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens
    from offers.adapters.tokens.key_ring import KeyRing
    from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
    from offers.services.authorize_caller import AuthorizeCaller
    from offers.services.log_in import LogIn
    from offers.services.log_out import LogOut
    from offers.services.refresh_session import RefreshSession


def _tokens() -> settings.TokenSettings:
    return settings.TokenSettings.read(os.environ)


def _key_ring() -> KeyRing:
    """Read at every use, so that rotated keys are seen; parsed only when they changed."""
    return _parsed(json.dumps(dict(outside.secret(_tokens().keys_secret_id)())))


@lru_cache(maxsize=1)
def _parsed(secret: str) -> KeyRing:
    from offers.adapters.tokens.key_ring import KeyRing

    return KeyRing.parse(secret)


@cache
def access_tokens() -> JwtAccessTokens:
    """Signs and verifies access tokens."""
    from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens

    known = _tokens()
    return JwtAccessTokens(_key_ring, known.issuer, known.access_seconds, outside.new_id)


@cache
def _refresh_tokens() -> HmacRefreshTokens:
    from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens

    return HmacRefreshTokens(_key_ring)


@cache
def _denylist() -> RedisDenylist:
    from offers.adapters.redis.denylist import RedisDenylist

    return RedisDenylist(outside.redis())


@cache
def log_in() -> LogIn:
    """POST /auth/login."""
    from offers.adapters.passwords.argon2_passwords import Argon2Passwords
    from offers.adapters.redis.login_throttle import RedisLoginThrottle
    from offers.services.log_in import LogIn

    return LogIn(
        unit_of_work=outside.unit_of_work,
        reading=outside.reading,
        throttle=RedisLoginThrottle(outside.redis()),
        passwords=Argon2Passwords(),
        access_tokens=access_tokens(),
        refresh_tokens=_refresh_tokens(),
        refresh_ttl=timedelta(seconds=_tokens().refresh_seconds),
        clock=outside.clock(),
        new_id=outside.new_id,
    )


@cache
def refresh_session() -> RefreshSession:
    """POST /auth/refresh."""
    from offers.services.refresh_session import RefreshSession

    return RefreshSession(
        unit_of_work=outside.unit_of_work,
        access_tokens=access_tokens(),
        refresh_tokens=_refresh_tokens(),
        refresh_ttl=timedelta(seconds=_tokens().refresh_seconds),
        clock=outside.clock(),
    )


@cache
def log_out() -> LogOut:
    """POST /auth/logout."""
    from offers.services.log_out import LogOut

    return LogOut(outside.unit_of_work, _denylist(), _refresh_tokens(), outside.clock())


@cache
def authorize_caller() -> AuthorizeCaller:
    """The API's authorizer."""
    from offers.services.authorize_caller import AuthorizeCaller

    return AuthorizeCaller(access_tokens(), _denylist(), outside.clock())
