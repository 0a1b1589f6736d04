"""The keys behind tokens, as Secrets Manager holds them."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from jwt import PyJWK, PyJWTError

from offers.domain import strict_json

ALGORITHM = "ES256"
_PUBLIC_MEMBERS = ("kty", "crv", "x", "y", "kid")
_REFRESH_KEY_BYTES = 32


class InvalidKeyRing(Exception):
    """The secret is not a usable key ring. Never shows its content."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Private EC P-256 keys by ``kid``: the first signs, all verify. Another key signs the
    refresh tokens."""

    signing_kid: str
    keys: dict[str, PyJWK]
    public_jwks: tuple[dict[str, Any], ...]
    refresh_token_key: bytes

    @classmethod
    def parse(cls, secret: str) -> Self:
        """Read ``{"keys": [JWK, …], "refresh_token_key": base64}``. Raises InvalidKeyRing."""
        try:
            document = strict_json.read_object(secret)
            refresh_token_key = base64.b64decode(document["refresh_token_key"], validate=True)
            jwks = [dict(jwk) for jwk in document["keys"]]
            keys = {jwk["kid"]: PyJWK(jwk, algorithm=ALGORITHM) for jwk in jwks}
            public = tuple(_public(jwk) for jwk in jwks)
            signing_kid = jwks[0]["kid"]
            can_sign = "d" in jwks[0]
        except (KeyError, IndexError, TypeError, ValueError, PyJWTError):
            message = "the token keys are not a key ring"
            raise InvalidKeyRing(message) from None
        if not can_sign:
            message = "the first key is not a private one"
            raise InvalidKeyRing(message)
        if len(refresh_token_key) < _REFRESH_KEY_BYTES or len(keys) != len(jwks):
            message = "the refresh token key is too short or two keys share a kid"
            raise InvalidKeyRing(message)
        return cls(signing_kid, keys, public, refresh_token_key)


KeyRingLoader = Callable[[], KeyRing]
"""Called for every use: a loader that caches decides how soon a rotated key is seen."""


def _public(jwk: dict[str, Any]) -> dict[str, Any]:
    return {name: jwk[name] for name in _PUBLIC_MEMBERS} | {"use": "sig", "alg": ALGORITHM}
