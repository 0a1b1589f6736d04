"""Requests at the same time."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from offers.adapters.postgres.activation import idempotency
from offers.adapters.postgres.tables import subscriptions
from offers.domain.account import Movement
from offers.domain.errors.activation import IdempotencyInProgress
from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.subscriptions import AlreadySubscribed
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import LedgerEntryId, OutboxMessageId
from offers.domain.waiting import DISPATCH_GRACE
from tests.contract.values import a_message
from tests.factories import NOW, money, new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration

KEY = IdempotencyKey("user:1", "key", "print")


def at_once(action: Callable[[], Any], times: int) -> list[Any]:
    """What each of ``times`` threads came to, an exception included."""

    def run(_number: int) -> Any:
        try:
            return action()
        except Exception as error:  # noqa: BLE001  # the outcome is what the test looks at
            return type(error)

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


def test_an_account_pays_for_what_it_can_afford(seed: Seed) -> None:
    user = seed.a_customer("100.00")
    offers = [seed.an_offer("30.00") for _ in range(12)]

    outcomes = at_once(lambda: seed.a_purchase(user, offers.pop()), 12)

    assert outcomes.count(InsufficientBalance) == 9
    assert seed.account_of(user).balance == money("10.00")


def test_many_clicks_are_one_subscription(seed: Seed) -> None:
    user, offer = seed.a_customer("500.00"), seed.an_offer("30.00")

    outcomes = at_once(lambda: seed.a_purchase(user, offer), 12)

    assert outcomes.count(AlreadySubscribed) == 11
    with seed.engine.connect() as connection:
        count = connection.execute(select(func.count()).select_from(subscriptions)).scalar_one()
    assert count == 1
    assert seed.account_of(user).balance == money("470.00")


def test_a_writer_that_forgot_the_lock_is_stopped_by_the_ledger(seed: Seed) -> None:
    user = seed.a_customer("10.00")
    both_read = threading.Barrier(2)

    def top_up() -> None:
        with seed.store.unit_of_work() as work:
            account = work.accounts.of_user(user.id)
            both_read.wait()
            cause = Movement(LedgerEntryId(new_id()), NOW, "test")
            moved = account.top_up(money("5.00"), cause)
            work.accounts.move(*moved)

    outcomes = at_once(top_up, 2)

    assert outcomes.count(None) == 1
    assert seed.account_of(user).balance == money("15.00")


def test_a_twin_waits_for_the_first_result(store: PostgresStore) -> None:
    first, claimed = new_id(), threading.Event()

    def slow() -> None:
        with store.unit_of_work() as work:
            work.idempotency.claimed_before(KEY, first, NOW)
            claimed.set()
            time.sleep(0.2)

    def twin() -> Any:
        claimed.wait()
        with store.unit_of_work() as work:
            return work.idempotency.claimed_before(KEY, new_id(), NOW)

    with ThreadPoolExecutor() as threads:
        running, waiting = threads.submit(slow), threads.submit(twin)
        assert waiting.result() == first
        running.result()


def test_a_twin_takes_over_from_one_that_broke(store: PostgresStore) -> None:
    claimed = threading.Event()

    def broken() -> None:
        with store.unit_of_work() as work:
            work.idempotency.claimed_before(KEY, new_id(), NOW)
            claimed.set()
            time.sleep(0.1)
            raise LookupError

    def twin() -> Any:
        claimed.wait()
        with store.unit_of_work() as work:
            return work.idempotency.claimed_before(KEY, new_id(), NOW)

    with ThreadPoolExecutor() as threads:
        running, waiting = threads.submit(broken), threads.submit(twin)
        assert waiting.result() is None
        assert isinstance(running.exception(), LookupError)


def test_a_twin_gives_up_on_one_that_goes_on(
    store: PostgresStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "_PAUSES_SECONDS", (0.01, 0.01))

    with store.unit_of_work() as running:
        running.idempotency.claimed_before(KEY, new_id(), NOW)
        with pytest.raises(IdempotencyInProgress), store.unit_of_work() as twin:
            twin.idempotency.claimed_before(KEY, new_id(), NOW)


def test_twins_at_once_have_one_result(store: PostgresStore) -> None:
    def claim() -> Any:
        mine = new_id()
        with store.unit_of_work() as work:
            return work.idempotency.claimed_before(KEY, mine, NOW) or mine

    assert len(set(at_once(claim, 12))) == 1


def test_relays_at_once_share_the_work(store: PostgresStore) -> None:
    with store.unit_of_work() as work:
        for _ in range(30):
            message_id = OutboxMessageId(new_id())
            work.outbox.add(a_message(id=message_id))
    due = NOW + DISPATCH_GRACE

    def take() -> list[Any]:
        with store.unit_of_work() as work:
            taken = [message.id for message in work.outbox.take_due(due, 7, due + DISPATCH_GRACE)]
            time.sleep(0.05)
        return taken

    taken = [message for some in at_once(take, 6) for message in some]

    assert len(taken) == len(set(taken)) == 30


def test_sweeps_leave_what_others_hold(store: PostgresStore) -> None:
    with store.unit_of_work() as work:
        work.idempotency.claimed_before(KEY, new_id(), NOW)

    with store.unit_of_work() as holding:
        assert holding.idempotency.delete_before(NOW + DISPATCH_GRACE, 10) == 1
        with store.reading() as other:
            assert other.idempotency.delete_before(NOW + DISPATCH_GRACE, 10) == 0
