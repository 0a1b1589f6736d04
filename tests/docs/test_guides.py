"""What the guides say is so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.entrypoints.http.problems import PROBLEM_TYPES, type_reference
from tests.docs.guides import DOCS, codes_of, links_of

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted([*DOCS.rglob("*.md"), DOCS.parent / "README.md"])


def test_the_user_guide_has_every_error_code_with_its_status() -> None:
    told = {code: status for _, code, status in codes_of("user-guide.md")}

    assert told == {code: kind.status for code, kind in PROBLEM_TYPES.items()}, (
        "add or change the code's row in docs/user-guide.md, Errors"
    )


def test_each_problem_type_has_its_place_in_the_user_guide() -> None:
    rows = codes_of("user-guide.md")

    assert len(rows) == len({code for _, code, _ in rows})
    for anchor, code, _ in rows:
        assert type_reference(code) == f"/problems/{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in links_of(page) if not (page.parent / link).exists()]

    assert missing == []
