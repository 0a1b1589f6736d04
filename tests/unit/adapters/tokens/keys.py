"""Key rings for tests."""

from __future__ import annotations

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

REFRESH_KEY = base64.b64encode(bytes(32)).decode()


def a_private_jwk(kid: str) -> dict[str, Any]:
    jwk = ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1()), as_dict=True)
    return {**jwk, "kid": kid}


def a_secret(*jwks: dict[str, Any], refresh_token_key: str = REFRESH_KEY) -> str:
    return json.dumps({"keys": jwks, "refresh_token_key": refresh_token_key})
