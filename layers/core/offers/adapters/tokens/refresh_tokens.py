"""Refresh tokens: opaque, 256 bits, and each with exactly one successor."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.adapters.tokens.key_ring import KeyRingLoader


_BYTES = 32


@dataclass(frozen=True, slots=True)
class HmacRefreshTokens:
    """Implements the port ``RefreshTokenSource``.

    The successor is an HMAC of the token under a key of ours, so a token replayed within its grace
    gets the same successor although only hashes are stored, and a leaked database yields no usable
    token.
    """

    keys: KeyRingLoader

    def first(self) -> str:
        """256 random bits."""
        return _text(secrets.token_bytes(_BYTES))

    def successor(self, token: str) -> str:
        """The one token that follows ``token``: always the same, and not computable without our
        key."""
        return _text(hmac.digest(self.keys().refresh_token_key, token.encode(), hashlib.sha256))

    def hash(self, token: str) -> bytes:
        """SHA-256 of the token: its 256 random bits make a slow hash needless."""
        return hashlib.sha256(token.encode()).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
