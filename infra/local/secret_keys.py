"""The keys that sign tokens and seal secrets, kept in DATA_DIR so that both outlive a restart."""

from __future__ import annotations

import base64
import json
import secrets
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric import ec

from infra.local.stack_folder import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

COORDINATE_BYTES = 32
KEY_BYTES = 32


def token_keys(file: Path) -> str:
    """The secret's JSON text: made once, readable by its owner only."""
    return _kept(file, _new_token_keys)


def sealing_keys(file: Path) -> str:
    """Likewise."""
    return _kept(file, lambda: {"keys": [{"kid": secrets.token_hex(4), "key": _random_key()}]})


def _kept(file: Path, new_keys: Callable[[], dict[str, object]]) -> str:
    if not file.exists():
        write_atomically(file, json.dumps(new_keys()))
    return file.read_text(encoding="utf-8")


def _new_token_keys() -> dict[str, object]:
    return {"keys": [_new_jwk()], "refresh_token_key": _random_key()}


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _new_jwk() -> dict[str, str]:
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


def _base64url(number: int) -> str:
    octets = number.to_bytes(COORDINATE_BYTES, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
