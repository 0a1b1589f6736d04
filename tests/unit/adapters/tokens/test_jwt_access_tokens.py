from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.adapters.tokens.jwt_access_tokens import JwtAccessTokens
from offers.adapters.tokens.key_ring import KeyRing
from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import SessionId, UserId
from offers.domain.user import Role
from tests.unit.adapters.tokens.keys import a_private_jwk, a_secret

USER = UserId(UUID("0193572c-0000-7000-8000-000000000001"))
SESSION = SessionId(UUID("0193572c-0000-7000-8000-000000000002"))
NOW = datetime(2031, 5, 1, tzinfo=UTC)  # far from the wall clock, which must not matter
OLD, NEW = a_private_jwk("old"), a_private_jwk("new")
RING = KeyRing.parse(a_secret(OLD))
TOKENS = JwtAccessTokens(lambda: RING, "https://offers.example", 900, uuid4)


def issue(tokens: JwtAccessTokens = TOKENS) -> str:
    return tokens.issue(USER, Role.ADMIN, SESSION, NOW).token


def test_an_issued_token_says_who_calls() -> None:
    issued = TOKENS.issue(USER, Role.ADMIN, SESSION, NOW)
    claims = TOKENS.verify(issued.token, NOW)
    assert (claims.user_id, claims.role, claims.session_id) == (USER, Role.ADMIN, SESSION)
    assert claims.expires_at == NOW + timedelta(seconds=900)
    assert (issued.expires_in, len(claims.token_id)) == (900, 36)


def test_two_tokens_have_two_ids() -> None:
    assert TOKENS.verify(issue(), NOW).token_id != TOKENS.verify(issue(), NOW).token_id


@pytest.mark.parametrize(
    ("seconds", "is_valid"), [(-11, False), (-10, True), (899, True), (900, False)]
)
def test_a_token_begins_and_expires_by_our_clock_to_the_second(
    seconds: int, is_valid: bool
) -> None:
    at = NOW + timedelta(seconds=seconds)
    if is_valid:
        TOKENS.verify(issue(), at)
        return
    with pytest.raises(InvalidToken):
        TOKENS.verify(issue(), at)


def test_a_rotated_key_still_verifies_until_it_is_gone() -> None:
    token = issue()
    rotated = replace(TOKENS, keys=lambda: KeyRing.parse(a_secret(NEW, OLD)))
    assert rotated.verify(token, NOW).user_id == USER
    assert jwt.get_unverified_header(issue(rotated))["kid"] == "new"
    gone = replace(TOKENS, keys=lambda: KeyRing.parse(a_secret(NEW)))
    with pytest.raises(InvalidToken):
        gone.verify(token, NOW)


def test_the_published_keys_verify() -> None:
    keys = jwt.PyJWKSet.from_dict(TOKENS.public_keys())
    off: Any = {"verify_iat": False, "verify_nbf": False}
    claims = jwt.decode(
        issue(), keys["old"], algorithms=["ES256"], options=off, audience="https://offers.example"
    )
    assert claims["sub"] == str(USER)


def forged(key: Any = None, algorithm: str = "ES256", typ: str = "at+jwt", **claims: Any) -> str:
    body = {
        "iss": "https://offers.example",
        "aud": "https://offers.example",
        "sub": str(USER),
        "sid": str(SESSION),
        "role": "admin",
        "jti": "j",
        "iat": int(NOW.timestamp()),
        "nbf": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 900,
    } | claims
    body = {name: value for name, value in body.items() if value is not None}
    signing: Any = None if algorithm == "none" else key or RING.keys["old"]
    return jwt.encode(body, signing, algorithm, {"kid": "old", "typ": typ})


def forged_without(claim: str) -> str:
    nothing: dict[str, Any] = {claim: None}
    return forged(**nothing)


def test_the_forgery_is_right_but_for_what_is_changed() -> None:
    assert TOKENS.verify(forged(), NOW).user_id == USER


@pytest.mark.parametrize(
    "token",
    [
        forged(jwt.PyJWK(NEW, algorithm="ES256")),
        forged(algorithm="none"),
        forged("k" * 32, "HS256"),
        forged(typ="JWT"),
        forged(iss="https://elsewhere.example"),
        forged(aud="https://elsewhere.example"),
        forged(aud=["https://elsewhere.example"]),
        forged(nbf=int(NOW.timestamp()) + 11),
        forged(nbf="soon"),
        forged(sub="root"),
        forged(role="root"),
        forged(sid="x"),
        forged(exp=10**30),
        *map(forged_without, ("iss", "aud", "sub", "sid", "role", "jti", "iat", "nbf", "exp")),
        jwt.encode({}, RING.keys["old"], "ES256", {"typ": "at+jwt"}),
        "x" * 5000,
    ],
)
def test_no_other_token_passes(token: str) -> None:
    with pytest.raises(InvalidToken):
        TOKENS.verify(token, NOW)


@given(st.text())
def test_nonsense_is_an_invalid_token(token: str) -> None:
    with pytest.raises(InvalidToken):
        TOKENS.verify(token, NOW)


@given(st.data())
def test_a_changed_token_is_invalid(data: st.DataObject) -> None:
    token = forged()
    at = data.draw(st.integers(0, len(token) - 1))
    changed = token[:at] + data.draw(st.characters(max_codepoint=0x7F)) + token[at + 1 :]
    try:
        TOKENS.verify(changed, NOW)
    except InvalidToken:
        return
    # base64 leaves a few bits of the last character unused: such a twin says the same.
    assert changed == token or changed[:-1] == token[:-1]
