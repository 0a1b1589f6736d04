"""Statements: what moved a balance, with the balance right after it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.account import EntryKind
from offers.domain.errors.administration import NotPermitted
from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.partners import PartnerNotFound
from offers.domain.ids import PartnerId, UserId
from offers.domain.user import Role
from offers.ports.pages import PageRequest
from offers.ports.store.accounts import Period
from offers.services.ledger.views import ExplainBalance, GetStatement
from tests.factories import NOW, new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration
ALWAYS, DAY = Period(), timedelta(days=1)


def test_a_line_tells_what_it_was_for_and_what_was_left(seed: Seed, store: PostgresStore) -> None:
    user, offer = seed.a_customer("100.00"), seed.an_offer(price="29.99")
    purchase = seed.a_purchase(user, offer)

    charged, topped_up = GetStatement(store.reading)(user.id, ALWAYS, PageRequest()).items

    assert (charged.entry.amount.amount, charged.entry.balance_after.amount) == ("-29.99", "70.01")
    assert (charged.reference, charged.offer_code) == (purchase.transaction.reference, offer.code)
    assert topped_up.entry.kind is EntryKind.TOP_UP
    assert (topped_up.reference, topped_up.offer_code) == (None, None)


def test_pages_follow_on_each_other_and_periods_are_half_open(
    seed: Seed, store: PostgresStore
) -> None:
    user = seed.a_customer("100.00")
    for day in range(3):
        seed.a_purchase(user, seed.an_offer(price="1.00"), at=NOW + day * DAY)
    statement = GetStatement(store.reading)

    first = statement(user.id, ALWAYS, PageRequest(2))
    second = statement(user.id, ALWAYS, PageRequest(2, first.next))
    balances = [line.entry.balance_after.amount for line in (*first.items, *second.items)]

    assert balances == ["97.00", "98.00", "99.00", "100.00"]
    assert second.next is None
    of_a_day = statement(user.id, Period(NOW + DAY, NOW + 2 * DAY), PageRequest()).items
    assert [line.entry.created_at for line in of_a_day] == [NOW + DAY]


def test_only_administrators_explain_others_balances(seed: Seed, store: PostgresStore) -> None:
    user, admin = seed.a_customer("100.00"), seed.a_customer("0.00", role=Role.ADMIN)
    explain = ExplainBalance(store.reading)

    (line,) = explain(admin.id, user.id, ALWAYS, PageRequest()).items
    assert line.entry.balance_after.amount == "100.00"
    with pytest.raises(NotPermitted):
        explain(user.id, user.id, ALWAYS, PageRequest())
    with pytest.raises(NotPermitted):
        explain.of_partner(user.id, PartnerId(new_id()), ALWAYS, PageRequest())
    with pytest.raises(UserNotFound):
        explain(admin.id, UserId(new_id()), ALWAYS, PageRequest())
    with pytest.raises(PartnerNotFound):
        explain.of_partner(admin.id, PartnerId(new_id()), ALWAYS, PageRequest())
