"""Text is what it seems."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.domain.clean_text import UncleanText, clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Ada ", "Ada"),
        ("Jose\u0301", "José"),
        ("Jean\u00a0Paul", "Jean Paul"),
        ("\u3000山田\u3000太郎", "山田 太郎"),
        ("O\u2019Brien-Smith", "O\u2019Brien-Smith"),
        ("Fibre 500 😀", "Fibre 500 😀"),
        ("", ""),
        ("  ", ""),
        ("\u00a0\u2003", ""),
        ("\u0301", ""),
    ],
)
def test_it_is_composed_and_trimmed(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    "hidden",
    [
        "\u202e",  # turns what follows around
        "\u2066",
        "\u200e",
        "\u200b",  # zero width
        "\ufeff",
        "\u00ad",
        "\u2028",
        "\u2029",
        "\n",
        "\0",
        "\x85",
        "\ud800",
        "\ue000",
        "\U000e0041",
        "\u3164",
        "\u2800",
    ],
)
def test_a_character_that_shows_nothing_is_refused(hidden: str) -> None:
    with pytest.raises(UncleanText):
        clean(f"Ada{hidden}Lovelace")


@given(st.text())
def test_clean_text_stays_as_it_is(text: str) -> None:
    try:
        cleaned = clean(text)
    except UncleanText:
        return
    assert clean(cleaned) == cleaned == cleaned.strip() == unicodedata.normalize("NFC", cleaned)
