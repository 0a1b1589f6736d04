"""Rules of administration that need no database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from offers.domain.audit import Administrator, AuditAction, Change
from offers.domain.changes import REMOVE
from offers.domain.errors.administration import NotPermitted
from offers.domain.errors.catalogue import InvalidValidity, OfferStatusNotAllowed
from offers.domain.errors.money import InvalidMoney
from offers.domain.offer import OfferStatus
from offers.domain.offer_administration import OfferChanges, change_offer, facts_of_offer
from offers.domain.times import rfc3339
from offers.domain.user import Role
from tests.factories import NOW, a_customer, an_offer

LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "after"),
    [("draft", "active"), ("draft", "retired"), ("active", "retired")],
)
def test_a_lifecycle_goes_forward(before: str, after: str) -> None:
    offer = an_offer(status=OfferStatus(before))
    changed = change_offer(offer, OfferChanges(status=OfferStatus(after)), LATER)
    assert (changed.status, changed.version, changed.updated_at) == (after, 2, LATER)


@pytest.mark.parametrize(
    ("before", "after"),
    [("active", "draft"), ("retired", "active"), ("retired", "draft")],
)
def test_a_lifecycle_never_goes_back(before: str, after: str) -> None:
    offer, changes = an_offer(status=OfferStatus(before)), OfferChanges(status=OfferStatus(after))
    with pytest.raises(OfferStatusNotAllowed):
        change_offer(offer, changes, LATER)


def test_no_difference_is_no_change() -> None:
    offer = an_offer()
    assert change_offer(offer, OfferChanges(name=offer.name, status=offer.status), LATER) is offer


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        (OfferChanges(valid_until=NOW - timedelta(days=365)), InvalidValidity),
        (OfferChanges(price="0.00"), InvalidMoney),
    ],
)
def test_an_unsound_change_is_refused(changes: OfferChanges, error: type[Exception]) -> None:
    with pytest.raises(error):
        change_offer(an_offer(), changes, LATER)


def test_an_end_can_come_and_go() -> None:
    ending = change_offer(an_offer(), OfferChanges(valid_until=LATER), NOW)
    assert facts_of_offer(ending)["valid_until"] == rfc3339(LATER)
    open_again = change_offer(ending, OfferChanges(valid_until=REMOVE), LATER)
    assert (open_again.valid_until, open_again.version) == (None, 3)
    assert facts_of_offer(open_again)["valid_until"] is None


@pytest.mark.parametrize("changes", [{"role": Role.CUSTOMER}, {"is_active": False}])
def test_only_active_administrators_administer(changes: dict[str, Any]) -> None:
    admin = a_customer(role=Role.ADMIN)
    assert Administrator.of(admin).actor == f"admin:{admin.id}"
    with pytest.raises(NotPermitted):
        Administrator.of(a_customer(**{"role": Role.ADMIN, **changes}))


def test_a_change_tells_only_what_differs() -> None:
    change = Change.between(
        AuditAction.USER_CHANGED, "user:1", {"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}
    )
    assert (change.before, change.after) == ({"b": 2, "c": None}, {"b": 3, "c": 4})
