"""New keys, at random."""

from __future__ import annotations

import base64
import secrets

from cryptography.hazmat.primitives.asymmetric import ec

COORDINATE_BYTES = 32
KEY_BYTES = 32


def new_token_keys() -> dict[str, object]:
    """For TOKEN_KEYS_SECRET_ID: one key that signs, and the one that makes refresh tokens."""
    return {"keys": [new_jwk()], "refresh_token_key": _random_key()}


def new_sealing_keys() -> dict[str, object]:
    """What SEALING_KEYS_SECRET_ID names."""
    return {"keys": [new_sealing_key()]}


def new_sealing_key() -> dict[str, str]:
    """For AES-256."""
    return {"kid": secrets.token_hex(4), "key": _random_key()}


def new_jwk() -> dict[str, str]:
    """A private P-256 key for ES256 (RFC 7518 §6.2)."""
    private = ec.generate_private_key(ec.SECP256R1()).private_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": secrets.token_hex(8),
        "x": _base64url(private.public_numbers.x),
        "y": _base64url(private.public_numbers.y),
        "d": _base64url(private.private_value),
    }


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _base64url(number: int) -> str:
    octets = number.to_bytes(COORDINATE_BYTES, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
