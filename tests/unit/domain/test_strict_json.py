"""What two readers could understand differently is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.domain import strict_json

scalars: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
texts = st.text(st.characters(exclude_categories=["Cs"]))
documents = st.recursive(
    scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=10
)


@given(documents, st.booleans())
def test_what_json_says_once_is_read_as_any_reader_would(document: Any, ascii_only: bool) -> None:
    text = json.dumps(document, ensure_ascii=ascii_only)
    assert strict_json.read(text) == strict_json.read(text.encode()) == document


@given(st.binary() | st.text())
def test_any_other_text_is_refused_in_one_way(text: str | bytes) -> None:
    with suppress(strict_json.NotStrictJson):
        strict_json.read(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"amount":"1.00","amount":"1000.00"}', "twice"),
        ('{"a":1,"\\u0061":2}', "twice"),
        ('[{"b":{"a":1,"a":1}}]', "twice"),
        ("NaN", "NaN"),
        ("-Infinity", "Infinity"),
        ("1e400", "large"),
        ("-1e400", "large"),
        ("9" * 1001, "longer"),
        ("0." + "9" * 1000, "longer"),
        ('"\\ud800"', "UTF-8"),
        ('{"\\udc00":1}', "UTF-8"),
        ('"\ud800"', "UTF-8"),
        (b'"\xff"', "UTF-8"),
        ('"a"'.encode("utf-16"), "UTF-8"),
        ("[" * 65 + "]" * 65, "nested"),
        ("[" * 100_000, "nested"),
        ('{"a":' * 100_000, "nested"),
        ("", "not JSON"),
        ("\ufeff{}", "not JSON"),
        ("{} {}", "not JSON"),
        ("{'a':1}", "not JSON"),
    ],
)
def test_it_says_why(text: str | bytes, reason: str) -> None:
    with pytest.raises(strict_json.NotStrictJson, match=reason):
        strict_json.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 64 + "]" * 64,
        json.dumps([{}] * 1000),
        json.dumps('[{\\"' * 1000),
        '"\\ud83d\\ude00"',
        "1e-400",
        '{"a":1,"A":2}',
    ],
)
def test_what_is_merely_large_or_odd_is_read(text: str) -> None:
    assert strict_json.read(text) == json.loads(text)


@pytest.mark.parametrize("text", ["[]", "null", '"text"', "1"])
def test_an_object_may_be_asked_for(text: str) -> None:
    with pytest.raises(strict_json.NotStrictJson, match="object"):
        strict_json.read_object(text)
