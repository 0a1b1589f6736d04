from __future__ import annotations

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.domain.errors.lists import InvalidCursor
from offers.entrypoints.http import cursors
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import AUTHORIZER, Reply, an_event, call

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)  # what a cursor has room for
positions = st.lists(texts, max_size=4).map(tuple)


def things(**parts: object) -> Reply:
    return call(sample.handler, an_event("GET", "/api/v1/things", **parts))  # type: ignore[arg-type]


def first_cursor(**parts: object) -> str:
    return str(things(**parts).json()["next_cursor"])


@given(positions, st.text())
def test_a_cursor_names_its_position(position: tuple[str, ...], scope: str) -> None:
    cursor = cursors.encode(position, scope)
    assert cursors.decode(cursor, scope) == position
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(positions, st.text(), st.text())
def test_a_cursor_is_good_for_its_list_only(
    position: tuple[str, ...], one: str, other: str
) -> None:
    cursor = cursors.encode(position, one)
    if one != other:
        with pytest.raises(InvalidCursor):
            cursors.decode(cursor, other)


@given(st.text())
def test_nonsense_is_an_invalid_cursor(text: str) -> None:
    with pytest.raises(InvalidCursor):
        cursors.decode(text, "scope")


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_a_well_made_cursor_of_something_else_is_invalid(document: object) -> None:
    raw = json.dumps(document).encode()
    forged = base64.urlsafe_b64encode(cursors._checksum(raw, "s") + raw).decode()
    if not isinstance(document, list) or any(not isinstance(part, str) for part in document):
        with pytest.raises(InvalidCursor):
            cursors.decode(forged, "s")


@pytest.mark.parametrize("length", [2049, 100_000])
def test_endless_cursors_are_not_decoded(length: int) -> None:
    with pytest.raises(InvalidCursor):
        cursors.decode("A" * length, "scope")


def test_the_next_page_follows_the_cursor_with_another_limit() -> None:
    reply = things(query={"limit": "50", "cursor": first_cursor(query={"limit": "1"})})
    assert (reply.status, reply.json()["next_cursor"]) == (200, None)
    assert "Link" not in reply.headers
    assert (sample.received["request"].limit, sample.received["request"].after) == (
        50,
        ("café", "2"),
    )


def test_the_link_header_names_the_next_page() -> None:
    reply = things(query={"limit": "5"})
    target, _, relation = reply.headers["Link"].partition("; ")
    url = urlsplit(target.strip("<>"))
    assert (url.path, relation) == ("/dev/api/v1/things", 'rel="next"')
    assert parse_qs(url.query) == {"limit": ["5"], "cursor": [reply.json()["next_cursor"]]}


@pytest.mark.parametrize(
    "other",
    [
        {"query": {"search": "tv"}},
        {"authorizer": {**AUTHORIZER, "sub": "0193572c-0000-7000-8000-0000000000ff"}},
        {"query": {"cursor": "AAAA"}},
    ],
)
def test_a_foreign_cursor_is_a_400(other: dict[str, dict[str, str]]) -> None:
    query = {"cursor": first_cursor(), **other.get("query", {})}
    reply = things(**{**other, "query": query})
    assert (reply.status, reply.json()["code"]) == (400, "invalid_cursor")


def test_lists_are_not_sent_twice_to_who_has_them() -> None:
    etag = things().headers["ETag"]
    assert things(headers={"If-None-Match": etag}).status == 304
