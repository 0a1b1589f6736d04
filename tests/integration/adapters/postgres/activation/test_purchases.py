"""Subscriptions and transactions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from offers.domain.errors.activation import TransactionNotFound
from offers.domain.errors.subscriptions import RenewalInProgress, SubscriptionNotFound
from offers.domain.ids import SubscriptionId, TransactionId
from offers.domain.subscription import SubscriptionStatus
from offers.domain.transaction import Failure, TransactionKind, TransactionStatus
from offers.ports.pages import Page, PageRequest
from offers.ports.store.transactions import TransactionQuery
from offers.services.activation.purchases import store_purchase
from tests.factories import NOW, a_renewal, money, new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.purchase import Purchase
    from offers.domain.subscription import Subscription
    from tests.seed import Seed

pytestmark = pytest.mark.integration

HOUR = timedelta(hours=1)


def activate(store: PostgresStore, purchase: Purchase, days: int = 30) -> Subscription:
    """Settle a purchase with success."""
    with store.unit_of_work() as work:
        transaction = work.transactions.lock(purchase.transaction.id)
        subscription = work.subscriptions.lock(purchase.subscription.id).activate(days, NOW)
        work.transactions.save(transaction.succeed("P-1", NOW))
        work.subscriptions.save(subscription)
    return subscription


def all_pages(ask: Callable[[PageRequest], Page[Any]], limit: int = 2) -> list[Any]:
    """All pages, one after the other."""
    page = ask(PageRequest(limit))
    found = list(page.items)
    while page.next is not None:
        page = ask(PageRequest(limit, page.next))
        found += page.items
    return found


def test_locks_find_only_what_is_there_and_theirs(seed: Seed, store: PostgresStore) -> None:
    user, other = seed.a_customer(), seed.a_customer()
    purchase = seed.a_purchase(user, seed.an_offer())
    id_, unknown = purchase.subscription.id, SubscriptionId(new_id())

    with store.unit_of_work() as work:
        assert work.subscriptions.lock_for_user(id_, user.id) == purchase.subscription
        assert work.subscriptions.lock(id_) == purchase.subscription
        assert work.transactions.lock(purchase.transaction.id) == purchase.transaction
        for subscription_id, user_id in ((id_, other.id), (unknown, user.id)):
            with pytest.raises(SubscriptionNotFound):
                work.subscriptions.lock_for_user(subscription_id, user_id)
        with pytest.raises(SubscriptionNotFound):
            work.subscriptions.lock(unknown)
        with pytest.raises(SubscriptionNotFound):
            work.subscriptions.view(unknown)
        for find in (work.transactions.get, work.transactions.lock):
            with pytest.raises(TransactionNotFound):
                find(TransactionId(new_id()))


def test_every_field_of_a_transaction_comes_back(seed: Seed, store: PostgresStore) -> None:
    purchase = seed.a_purchase(seed.a_customer(), seed.an_offer())

    with store.unit_of_work() as work:
        held = work.transactions.lock(purchase.transaction.id)
        claimed = held.claim(HOUR, NOW)
        work.transactions.save(claimed)
        assert work.transactions.get(held.id) == claimed
        flagged = claimed.flag("nobody knows", NOW)
        work.transactions.save(flagged)
        assert work.transactions.get(held.id) == flagged
        account = work.accounts.lock(held.account_id)
        failed = flagged.fail(Failure("no_line", "There is no line."), NOW + HOUR)
        work.accounts.move(*account.refund(held.amount, _cause(held.id)))
        work.transactions.save(failed)
        work.subscriptions.save(purchase.subscription.fail(NOW))

    with store.reading() as reading:
        assert reading.transactions.get(held.id) == failed
        view = reading.subscriptions.view(purchase.subscription.id)
        assert view.subscription.status is SubscriptionStatus.FAILED


def _cause(transaction_id: TransactionId) -> Any:
    from offers.domain.account import Movement

    return Movement(new_id(), NOW, "system", "refund", transaction_id)  # type: ignore[arg-type]


def test_a_period_is_renewed_once_at_a_time(seed: Seed, store: PostgresStore) -> None:
    user, offer = seed.a_customer("100.00"), seed.an_offer("10.00")
    subscription = activate(store, seed.a_purchase(user, offer))

    def renew() -> Purchase:
        with store.unit_of_work() as work:
            account = work.accounts.lock_for_user(user.id)
            purchase = a_renewal(user, account, offer, subscription)
            work.accounts.move(purchase.account, purchase.entry)
            work.subscriptions.save(purchase.subscription)
            work.transactions.add(purchase.transaction)
        return purchase

    renewal = renew()
    with pytest.raises(RenewalInProgress):
        renew()

    assert seed.account_of(user).balance == money("80.00")
    with store.reading() as reading:
        assert reading.transactions.get(renewal.transaction.id) == renewal.transaction
        view = reading.subscriptions.view(subscription.id)
    assert view.transaction_id == renewal.transaction.id


def test_the_renewable_subscription_is_the_active_else_the_last_expired(
    seed: Seed, store: PostgresStore
) -> None:
    user, offer = seed.a_customer("100.00"), seed.an_offer("10.00")
    with store.reading() as reading:
        find = reading.subscriptions.latest_renewable
        pending = seed.a_purchase(user, offer)
        with pytest.raises(SubscriptionNotFound):
            find(user.id, offer.id)

        first = activate(store, pending, days=20)
        assert find(user.id, offer.id) == first.id
        _expire(store, first)
        assert find(user.id, offer.id) == first.id

        second = activate(store, seed.a_purchase(user, offer), days=10)
        assert find(user.id, offer.id) == second.id
        _expire(store, second)
        assert find(user.id, offer.id) == first.id


def _expire(store: PostgresStore, subscription: Subscription) -> None:
    with store.unit_of_work() as work:
        work.subscriptions.save(work.subscriptions.lock(subscription.id).expire(NOW))


def test_subscriptions_are_listed_newest_first(seed: Seed, store: PostgresStore) -> None:
    user, other = seed.a_customer("100.00"), seed.a_customer()
    bought = [seed.a_purchase(user, seed.an_offer("1.00")) for _ in range(5)]
    seed.a_purchase(other, seed.an_offer())
    activate(store, bought[1])

    with store.reading() as reading:
        views = all_pages(lambda request: reading.subscriptions.page(user.id, None, request))
        active = reading.subscriptions.page(user.id, SubscriptionStatus.ACTIVE, PageRequest())

    assert [view.subscription.id for view in views] == [
        purchase.subscription.id for purchase in reversed(bought)
    ]
    assert [view.subscription.id for view in active.items] == [bought[1].subscription.id]


def test_expiring_subscriptions_are_listed_soonest_first(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer("100.00")
    ends = [
        activate(store, seed.a_purchase(user, seed.an_offer("1.00")), days)
        for days in (5, 3, 3, 9, 1)
    ]
    seed.a_purchase(user, seed.an_offer("1.00"))
    until = NOW + timedelta(days=5)

    with store.reading() as reading:
        views = all_pages(lambda each: reading.subscriptions.page_expiring(user.id, until, each))

    expected = [ends[4], ends[1], ends[2], ends[0]]
    assert [view.subscription for view in views] == expected


def test_transactions_are_listed_newest_first_and_filtered(
    seed: Seed, store: PostgresStore
) -> None:
    user, other = seed.a_customer("100.00"), seed.a_customer()
    bought = [
        seed.a_purchase(user, seed.an_offer("1.00"), at=NOW + HOUR * hour).transaction
        for hour in (0, 1, 1, 2, 3)
    ]
    theirs = seed.a_purchase(other, seed.an_offer(), at=NOW).transaction
    claimed = bought[2].claim(HOUR, NOW + HOUR)
    with store.unit_of_work() as work:
        work.transactions.save(claimed)
    bought[2] = claimed

    with store.reading() as reading:

        def find(**filters: Any) -> list[Any]:
            query = TransactionQuery(**{"user_id": user.id, **filters})
            return all_pages(lambda request: reading.transactions.page(query, request))

        assert find() == bought[::-1]
        assert set(find(user_id=None)) == {*bought, theirs}
        assert find(status=TransactionStatus.PROCESSING) == [claimed]
        assert find(kind=TransactionKind.RENEWAL) == []
        assert find(kind=TransactionKind.ACTIVATION) == bought[::-1]
        assert find(created_from=NOW + HOUR, created_to=NOW + 3 * HOUR) == bought[3:0:-1]


def test_unsettled_are_the_open_ones_that_nobody_is_on(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer("100.00")
    old, leased, abandoned, fresh, settled = (
        seed.a_purchase(user, seed.an_offer("1.00"), at=NOW - age)
        for age in (3 * HOUR, 4 * HOUR, 5 * HOUR, timedelta(), 6 * HOUR)
    )
    activate(store, settled)
    with store.unit_of_work() as work:
        work.transactions.save(leased.transaction.claim(4 * HOUR, NOW - 3 * HOUR))
        work.transactions.save(abandoned.transaction.claim(HOUR, NOW - 2 * HOUR))

    with store.reading() as reading:
        find = reading.transactions.unsettled_since
        assert find(NOW - HOUR, 10) == (old.transaction.id, abandoned.transaction.id)
        assert find(NOW - HOUR, 1) == (old.transaction.id,)
        assert find(NOW + 2 * HOUR, 10)[-1] == fresh.transaction.id


def test_a_stale_version_is_never_stored(seed: Seed, store: PostgresStore) -> None:
    from sqlalchemy.exc import IntegrityError

    purchase = seed.a_purchase(seed.a_customer(), seed.an_offer())
    stale = replace(purchase.transaction, version=1, attempts=5)

    with pytest.raises(IntegrityError), store.unit_of_work() as work:
        work.transactions.save(stale)


def test_a_purchase_without_money_is_stored_not_at_all(seed: Seed, store: PostgresStore) -> None:
    user, offer = seed.a_customer("100.00"), seed.an_offer("10.00")
    poor = replace(seed.account_of(user), balance=money("9.99"))

    def accept() -> None:
        from tests.factories import a_purchase

        with store.unit_of_work() as work:
            purchase = a_purchase(user, replace(poor, balance=money("10.00")), offer)
            store_purchase(work, purchase)

    with pytest.raises(Exception, match="ledger entry"):
        accept()

    assert seed.account_of(user).balance == money("100.00")
