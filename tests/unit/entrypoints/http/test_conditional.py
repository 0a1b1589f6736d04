from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.entrypoints.http.conditional import EntityTags, entity_tag, tag_of_body
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import an_event, call

THING_PATH = "/api/v1/things/0193572c-0000-7000-8000-00000000000a"


@pytest.mark.parametrize(
    ("header", "is_included", "is_strong"),
    [
        ('"3"', True, True),
        ('W/"3"', True, False),
        ('"1", W/"3"', True, False),
        ('"1","3" , ', True, True),
        ("*", True, True),
        (" * ", True, True),
        ('"a,b", "3"', True, True),
        ('"4"', False, False),
        ("3", False, False),
        ('"3', False, False),
        ('w/"3"', False, False),
        ("", False, False),
        ('"3" "3"', False, False),
        ('"' + "x" * 5000 + '", "3"', False, False),
    ],
)
def test_entity_tags_are_read_as_rfc_9110_writes_them(
    header: str, is_included: bool, is_strong: bool
) -> None:
    tags = EntityTags.parse(header)
    assert tags.include(entity_tag(3)) is is_included
    assert (tags.versions is None or 3 in tags.versions) is is_strong


@given(st.text() | st.text(st.sampled_from('"W/*, \t3x')))
def test_any_header_is_read_without_fault(header: str) -> None:
    EntityTags.parse(header)


@given(st.lists(st.text(st.characters(min_codepoint=0x23, max_codepoint=0x7E), max_size=8)))
def test_every_tag_of_a_list_counts(tags: list[str]) -> None:
    parsed = EntityTags.parse(", ".join(f'"{tag}"' for tag in tags))
    assert all(parsed.include(f'"{tag}"') for tag in tags)


@given(st.text(st.characters(max_codepoint=0xFF)))
def test_no_header_makes_a_read_fail(header: str) -> None:
    reply = call(sample.handler, an_event("GET", THING_PATH, headers={"If-None-Match": header}))
    assert reply.status in {200, 304}


def test_another_body_has_another_tag() -> None:
    assert tag_of_body("a") == tag_of_body("a") != tag_of_body("b")
