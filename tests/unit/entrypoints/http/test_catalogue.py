"""Each version of an offer is written once, and memory stays bounded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from offers.entrypoints.http import catalogue
from offers.entrypoints.http.catalogue import offer_document
from tests.factories import an_offer

if TYPE_CHECKING:
    import pytest


def test_a_new_version_is_a_new_document() -> None:
    offer = an_offer(name="Before")
    renamed = replace(offer, name="After", version=offer.version + 1)

    assert [offer_document(each)["name"] for each in (offer, renamed)] == ["Before", "After"]


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "MOST_KEPT", 3)
    monkeypatch.setattr(catalogue, "_written", {})

    for _ in range(10):
        offer_document(an_offer())

    assert len(catalogue._written) <= 3


def test_who_changes_an_answer_changes_no_other() -> None:
    offer = an_offer(name="Fibre")

    changed = offer_document(offer)
    changed["name"] = "TV"
    changed["products"].clear()

    assert offer_document(offer)["name"] == "Fibre"
    assert offer_document(offer)["products"] == list(offer.products)
