from __future__ import annotations

import re

from offers.adapters.clock.ids import new_purchase_ids, new_token


def test_a_reference_is_twelve_letters_that_cannot_be_misread() -> None:
    references = {new_purchase_ids().reference for _ in range(1000)}
    assert len(references) == 1000
    assert all(re.fullmatch(r"REF-[2-9A-HJ-NP-Z]{12}", each) for each in references)


def test_everything_a_purchase_creates_has_its_own_id() -> None:
    ids = new_purchase_ids()
    assert len({ids.transaction, ids.subscription, ids.entry, ids.message}) == 4


def test_a_token_says_nothing_of_when_it_was_made() -> None:
    assert new_token().version == 4
