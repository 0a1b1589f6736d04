from __future__ import annotations

import hashlib

from offers.adapters.tokens.key_ring import KeyRing
from offers.adapters.tokens.refresh_tokens import HmacRefreshTokens
from tests.unit.adapters.tokens.keys import a_private_jwk, a_secret

RING = KeyRing.parse(a_secret(a_private_jwk("a")))
SOURCE = HmacRefreshTokens(lambda: RING)


def test_first_tokens_are_random_and_long_enough() -> None:
    tokens = {SOURCE.first() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {43}  # 256 bits in base64


def test_a_replayed_token_has_the_same_successor() -> None:
    token = SOURCE.first()
    assert SOURCE.successor(token) == SOURCE.successor(token) != token
    assert SOURCE.successor(SOURCE.first()) != SOURCE.successor(token)


def test_without_our_key_the_successor_is_another() -> None:
    other = KeyRing.parse(a_secret(a_private_jwk("a"), refresh_token_key="QQ" * 21 + "Q="))
    token = SOURCE.first()
    assert HmacRefreshTokens(lambda: other).successor(token) != SOURCE.successor(token)


def test_only_the_hash_is_for_storing() -> None:
    assert SOURCE.hash("token") == hashlib.sha256(b"token").digest()
