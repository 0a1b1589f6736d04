from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import AUTHORIZER, USER_ID, Reply, an_event, call

if TYPE_CHECKING:
    from offers.domain.idempotency import IdempotencyKey

OFFER = "0193572c-0000-7000-8000-00000000000a"
BODY = f'{{"offer_id":"{OFFER}","count":1}}'


def send(key: str | None, body: str = BODY, **authorizer: str) -> Reply:
    headers = {} if key is None else {"idempotency-key": key}
    event = an_event(
        "POST",
        "/api/v1/things",
        body=body,
        headers=headers,
        authorizer={**AUTHORIZER, **authorizer},
    )
    return call(sample.handler, event)


def key_of(key: str | None, body: str = BODY, **authorizer: str) -> IdempotencyKey | None:
    assert send(key, body, **authorizer).status == 202
    found: IdempotencyKey | None = sample.received["key"]
    return found


def test_the_header_is_optional() -> None:
    assert key_of(None) is None


def test_the_key_belongs_to_the_caller() -> None:
    key = key_of("k")
    assert key is not None
    assert (key.caller, key.key) == (f"user:{USER_ID}", "k")
    assert key_of("k", sub=OFFER) != key


def test_the_same_request_has_the_same_fingerprint_however_it_is_written() -> None:
    assert key_of("k") == key_of("k", f'{{ "count": 1,\n "offer_id": "{OFFER}" }}')


def test_another_body_has_another_fingerprint() -> None:
    assert key_of("k") != key_of("k", f'{{"offer_id":"{OFFER}","count":2}}')


@given(st.text(st.characters(max_codepoint=0x17F), max_size=300))
def test_a_key_is_visible_ascii_or_refused(key: str) -> None:
    reply = send(key)
    if re.fullmatch(r"[!-~]{1,255}", key):
        assert reply.status == 202
    else:
        assert reply.status == 422
        assert reply.json()["errors"][0]["location"] == "header.Idempotency-Key"
