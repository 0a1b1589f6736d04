"""Outages, poison and second thoughts: what waits is neither lost, nor tried to death, nor in the
way of others."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select, text

from offers.adapters.postgres.tables import audit_events, outbox
from offers.adapters.redis import status_store
from offers.adapters.redis.client import RedisServer
from offers.adapters.redis.status_store import RedisTransactionStatusStore
from offers.domain.money import Money
from offers.domain.outbox import Topic
from offers.domain.outcome import Activated
from offers.domain.transaction import TransactionStatus
from offers.ports import message_codec
from offers.services.activation.get_transaction_status import GetTransactionStatus
from offers.services.activation.progress import Progress
from offers.services.outbox.relay_outbox import BATCH
from tests.contract.values import an_email
from tests.fakes.provisioning import Mode
from tests.fakes.waiting_room import FakeWaitingRoom
from tests.proofs.promises import assert_ledger_holds, assert_promises
from tests.proofs.renewals import a_running_subscription, subscription_of
from tests.proofs.scenarios import REFUSED, bought
from tests.proofs.shaky import ShakyProjection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Table

    from offers.domain.outbox import OutboxMessage
    from tests.proofs.world import World
    from tests.seed import Seed

pytestmark = pytest.mark.integration

HOUR = 3600
_MANY_EMAILS = """
INSERT INTO outbox (id, topic, payload, created_at, deliver_at, dispatch_after)
SELECT gen_random_uuid(), 'notification', CAST(:email AS jsonb), created_at, deliver_at, created_at
FROM (SELECT * FROM outbox LIMIT 1) AS one, generate_series(1, :count)
"""


def count(seed: Seed, table: Table) -> int:
    with seed.engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def test_an_outage_of_hours_ends_in_success(world: World, seed: Seed) -> None:
    transaction = bought(world, seed)
    world.provisioning.mode = Mode.UNAVAILABLE
    for _ in range(20):
        world.drain()
        world.clock.advance(600)
        world.reconcile(lambda: True)
    assert world.transaction(transaction.id).attempts == 0

    world.provisioning.mode = Mode.OK
    world.drain()

    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS


def test_an_outage_of_a_day_gives_the_money_back(world: World, seed: Seed) -> None:
    transaction = bought(world, seed)
    world.provisioning.mode = Mode.UNAVAILABLE
    world.clock.advance(25 * HOUR)
    message = world.queues.take(Topic.ACTIVATION)[0]
    assert world.deliver(message).progress is Progress.LEASED  # asked only when it is quiet

    world.provisioning.mode = Mode.OK
    world.clock.advance(60)
    world.recover(transaction.id)

    assert world.transaction(transaction.id).status is TransactionStatus.FAILED
    assert_promises(world)


def test_without_sqs_the_outbox_holds_one_message_for_each(world: World, seed: Seed) -> None:
    world.queues.is_away = True
    transaction = bought(world, seed)
    for _ in range(8):
        world.clock.advance(1200)
        world.relay(lambda: True)
        world.reconcile(lambda: True)
    assert count(seed, outbox) == 1

    world.queues.is_away = False
    world.clock.advance(700)
    world.relay(lambda: True)
    world.drain()
    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS


def test_a_backlog_gets_no_more_messages(world: World, seed: Seed) -> None:
    bought(world, seed)
    (message,) = world.queues.take(Topic.ACTIVATION)
    world.queues.sent = [message] * 1001
    world.clock.advance(HOUR)

    assert world.reconcile(lambda: True) == ()


def test_one_queue_that_refuses_does_not_hold_up_the_others(
    world: World, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.queues.is_away = True
    transaction, _ = bought(world, seed), bought(world, seed)
    world.queues.is_away = False
    email = json.dumps(message_codec.write(an_email()))
    with seed.engine.begin() as connection:
        connection.execute(text(_MANY_EMAILS), {"count": 2 * BATCH, "email": email})
    send = world.queues.send

    def send_all_but_emails(messages: Sequence[OutboxMessage]) -> Mapping[OutboxMessage, str]:
        refused = {each: "denied" for each in messages if each.topic is Topic.NOTIFICATION}
        return {**refused, **send([each for each in messages if each not in refused])}

    monkeypatch.setattr(world.queues, "send", send_all_but_emails)
    world.clock.advance(60)

    assert world.relay(lambda: True) == {"sent": 2, "postponed": 2 * BATCH}
    world.drain()
    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS


def test_one_that_cannot_be_recovered_does_not_hold_up_the_others(
    world: World, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    poisoned, other = bought(world, seed), bought(world, seed)
    world.queues.take(Topic.ACTIVATION)
    world.clock.advance(HOUR)
    recover = world.reconcile.recover

    def fail_once(transaction_id: object) -> object:
        if transaction_id == poisoned.id:
            raise LookupError
        return recover(transaction_id)  # type: ignore[arg-type]

    object.__setattr__(world.reconcile, "recover", fail_once)

    steps = [step.progress for step in world.reconcile(lambda: True)]

    assert steps == [Progress.UNKNOWN, Progress.POSTPONED]
    world.drain()
    assert world.transaction(other.id).status is TransactionStatus.SUCCESS


def test_an_outcome_that_cannot_be_recorded_is_for_a_person(
    world: World, seed: Seed, monkeypatch: pytest.MonkeyPatch
) -> None:
    transaction = bought(world, seed)
    world.claim(transaction.id)
    world.clock.advance(HOUR)

    def cannot(*_arguments: object) -> None:
        raise KeyError

    monkeypatch.setattr(type(world.settle.announce), "__call__", cannot)
    assert world.resolve(transaction.id).progress is Progress.FLAGGED
    flagged = world.transaction(transaction.id)
    assert flagged.attention_reason == "its outcome cannot be recorded: KeyError"
    assert_ledger_holds(world)

    monkeypatch.undo()
    world.clock.advance(HOUR)
    assert world.resolve(transaction.id).progress is Progress.FAILED


def test_a_success_after_the_refund_is_kept_for_a_person(world: World, seed: Seed) -> None:
    transaction = bought(world, seed)
    claimed = world.claim(transaction.id)
    world.settle(claimed, REFUSED)

    settlement = world.settle(claimed, Activated("PRV-late"))

    assert settlement.is_contradicted
    assert world.balance(transaction.user_id) == Money.of("100.00", "EUR")
    assert count(seed, audit_events) == 1
    with world.store.reading() as store:
        assert "active outside" in str(store.transactions.story(transaction.id))


def test_who_cancels_while_a_renewal_runs_stays_cancelled(world: World, seed: Seed) -> None:
    user, _, running = a_running_subscription(world, seed)
    world.cancel(user.id, running)
    world.clock.advance(60)
    world.renew(user.id, running)  # takes the cancellation back, once it has succeeded
    world.drain()
    assert subscription_of(world, user).cancelled_at is None

    world.clock.advance(60)
    world.renew(user.id, running, seen_end=subscription_of(world, user).expires_at)
    world.clock.advance(60)
    world.cancel(user.id, running)
    world.drain()

    assert subscription_of(world, user).cancelled_at is not None


def test_a_status_whose_end_was_not_published_is_right_all_the_same(
    world: World, seed: Seed, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status_store, "BELIEVED_SECONDS", 1)
    redis = RedisTransactionStatusStore(RedisServer(redis_url, timeout_seconds=2))
    world.projection = projection = ShakyProjection(redis)
    world.restart()
    transaction = bought(world, seed)
    projection.is_away = True
    world.drain()
    projection.is_away = False
    time.sleep(2)  # Redis counts whole seconds

    read = GetTransactionStatus(projection, world.store.reading, FakeWaitingRoom(), time.sleep)

    assert read(transaction.user_id, transaction.id).status is TransactionStatus.SUCCESS
    assert_promises(world)
