"""Seed data never leaves the laptop."""

from __future__ import annotations

import pytest

from infra.local.errors import StackError
from infra.local.seed.catalogue import CATALOGUE
from infra.local.seed.rows import seed


@pytest.mark.parametrize("stage", ["dev", "prod", ""])
def test_other_stages_are_refused_before_anything_is_connected(stage: str) -> None:
    with pytest.raises(StackError, match="for the local stage only"):
        seed("postgresql://nowhere.invalid/offers", stage, "key-id", "http://nowhere.invalid")


def test_catalogue_covers_every_category_and_status() -> None:
    active = [o for o in CATALOGUE if o.status == "active" and o.opens_in_days < 0]
    assert len(active) >= 10
    assert {offer.category for offer in active} == {"internet", "tv", "mobile", "bundle"}
    assert any(offer.status == "retired" for offer in CATALOGUE)
    assert any(offer.opens_in_days > 0 for offer in CATALOGUE)
    assert len({offer.code for offer in CATALOGUE}) == len(CATALOGUE)
