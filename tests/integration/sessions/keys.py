"""A key ring of the tests' own."""

from __future__ import annotations

import base64
import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm


def a_secret() -> str:
    """What Secrets Manager would hold."""
    key = json.loads(ECAlgorithm.to_jwk(ec.generate_private_key(ec.SECP256R1())))
    refresh = base64.b64encode(secrets.token_bytes(32)).decode()
    return json.dumps({"keys": [key | {"kid": "test"}], "refresh_token_key": refresh})
