from __future__ import annotations

import json

import pytest

from offers.adapters.tokens.key_ring import InvalidKeyRing, KeyRing
from tests.unit.adapters.tokens.keys import REFRESH_KEY, a_private_jwk, a_secret

JWK = a_private_jwk("a")


def test_the_first_key_signs_and_no_private_part_is_published() -> None:
    ring = KeyRing.parse(a_secret(JWK, a_private_jwk("b")))
    assert ring.signing_kid == "a"
    assert [jwk["kid"] for jwk in ring.public_jwks] == ["a", "b"]
    assert all(
        set(jwk) == {"kty", "crv", "x", "y", "kid", "use", "alg"} for jwk in ring.public_jwks
    )


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "[]",
        "{}",
        a_secret(),
        a_secret({}),
        a_secret({**JWK, "kty": "oct"}),
        a_secret({**JWK, "crv": "P-384"}),
        a_secret({k: v for k, v in JWK.items() if k != "kid"}),
        a_secret({k: v for k, v in JWK.items() if k != "d"}),
        a_secret(JWK, JWK),
        a_secret(JWK, refresh_token_key="AAAA"),
        a_secret(JWK, refresh_token_key="***"),
        json.dumps({"keys": "x", "refresh_token_key": REFRESH_KEY}),
        a_secret(JWK).replace("{", '{"refresh_token_key": "x", ', 1),
    ],
)
def test_an_unusable_secret_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(InvalidKeyRing) as caught:
        KeyRing.parse(secret)
    assert JWK["d"] not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__cause__ is None
