"""Whatever a client sends, it is the client's fault or it works."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import JSON_TYPE, an_event, call

OFFER = "0193572c-0000-7000-8000-00000000000a"
DOCUMENTED = {400, 404, 413, 415, 422}

scalars: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(OFFER)
)
documents = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=10
)
fields = st.dictionaries(st.sampled_from(["offer_id", "count", "note", "x"]), documents)


@given(documents | fields)
def test_any_json_document(document: Any) -> None:
    event = an_event("POST", "/api/v1/things", body=json.dumps(document), headers=JSON_TYPE)
    reply = call(sample.handler, event)
    assert reply.status in {202, *DOCUMENTED}


@given(st.text(), st.text(st.characters(max_codepoint=0xFF)))
def test_any_text_of_any_type(body: str, content_type: str) -> None:
    headers = {"Content-Type": content_type}
    event = an_event("POST", "/api/v1/things", body=body, headers=headers)
    assert call(sample.handler, event).status in {202, *DOCUMENTED}


@given(st.binary())
def test_any_bytes(body: bytes) -> None:
    event = an_event("POST", "/api/v1/things", body=body.decode("utf-8", "surrogateescape"))
    assert call(sample.handler, event).status in {202, *DOCUMENTED}


@given(st.dictionaries(st.sampled_from(["limit", "cursor", "wait", "search"]), st.text()))
def test_any_query(query: dict[str, str]) -> None:
    reply = call(sample.handler, an_event("GET", "/api/v1/things", query=query))
    assert reply.status in {200, *DOCUMENTED}


@given(st.text(), st.sampled_from(["GET", "POST", "PATCH", "DELETE", "OPTIONS", "get", ""]))
def test_any_path(tail: str, method: str) -> None:
    reply = call(sample.handler, an_event(method, f"/api/v1/things/{tail}"))
    assert reply.status in {200, 201, *DOCUMENTED}
