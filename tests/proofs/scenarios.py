"""What must hold when much happens at once, or in the worst order: each a function that raises
AssertionError when it does not. test_guards.py shows which guard each of them rests on."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.idempotency import IdempotencyKey
from offers.domain.money import Money
from offers.domain.outbox import Topic
from offers.domain.outcome import Refused
from offers.domain.transaction import TransactionStatus
from offers.services.activation.progress import Progress
from tests.fakes.clock import START
from tests.fakes.provisioning import Mode
from tests.proofs.crowd import SharedProvisioning, SharedQueues, at_once, kinds
from tests.proofs.promises import assert_ledger_holds, assert_promises
from tests.proofs.watch import Crash, Point

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.domain.transaction import Transaction
    from tests.proofs.world import World
    from tests.seed import Seed

REFUSED = Refused("address_not_served", "This address is not served.")


def bought(world: World, seed: Seed, price: str = "29.99") -> Transaction:
    """A customer's accepted activation; its message is in the queue."""
    user = seed.a_customer("100.00")
    return world.activate(user.id, seed.an_offer(price, valid_from=START).id).transaction


def a_small_purse(world: World, seed: Seed, requests: int = 200) -> None:
    """Of many requests at once, the account pays for as many as it can afford."""
    user = seed.a_customer("100.00")
    offers = [seed.an_offer("10.00", valid_from=START) for _ in range(requests)]

    outcomes = at_once([lambda o=o: world.activate(user.id, o.id) for o in offers], threads=20)  # type: ignore[misc]

    assert kinds(outcomes) == {"Accepted": 10, "InsufficientBalance": requests - 10}
    assert world.balance(user.id) == Money.of("0.00", "EUR")
    assert_ledger_holds(world)


def twins_with_a_key(world: World, seed: Seed) -> None:
    """The same request with the same key is accepted once; all are told the same."""
    user, offer = seed.a_customer("100.00"), seed.an_offer("10.00", valid_from=START)
    key = IdempotencyKey.of(f"user:{user.id}", "key", "POST /activation", {})

    outcomes = at_once([lambda: world.activate(user.id, offer.id, key)] * 12)

    assert kinds(outcomes) == {"Accepted": 12}
    assert len({each.transaction.id for each in outcomes}) == 1
    assert [each.is_replay for each in outcomes].count(False) == 1
    assert world.balance(user.id) == Money.of("90.00", "EUR")


def many_clicks(world: World, seed: Seed) -> None:
    """Without a key, the offer is bought once."""
    user, offer = seed.a_customer("100.00"), seed.an_offer("10.00", valid_from=START)

    outcomes = at_once([lambda: world.activate(user.id, offer.id)] * 12)

    assert kinds(outcomes) == {"Accepted": 1, "AlreadySubscribed": 11}
    assert world.balance(user.id) == Money.of("90.00", "EUR")


def five_workers(world: World, seed: Seed) -> None:
    """The same message to five workers at once: one of them asks outside and settles."""
    world.provisioning = SharedProvisioning(seconds=0.1)
    world.restart()
    transaction = bought(world, seed)

    steps = at_once([lambda: world.work(transaction.id)] * 5)

    assert world.provisioning.calls == {transaction.id: 1}
    progress = [step.progress for step in steps]
    assert progress.count(Progress.SUCCEEDED) == 1, progress
    came_too_late = {Progress.LEASED, Progress.SETTLED_BEFORE}
    assert set(progress) <= {Progress.SUCCEEDED, *came_too_late}, progress
    assert_promises(world)


def many_relays(world: World, seed: Seed) -> None:
    """Each waiting message is sent once, however many relays run."""
    world.queues = queues = SharedQueues()
    world.restart()
    queues.is_away = True
    for _ in range(20):
        bought(world, seed)
    queues.is_away, queues.seconds = False, 0.5
    world.clock.advance(60)

    def relay_after(seconds: float) -> Mapping[str, int]:
        """So that some begin at once, and some while the first is sending."""
        time.sleep(seconds)
        return world.relay(lambda: True)

    outcomes = at_once([lambda n=n: relay_after(n // 2 * 0.1) for n in range(6)])  # type: ignore[misc]

    assert sum(each["sent"] for each in outcomes) == 20
    assert list(queues.times_sent.values()) == [1] * 20


def a_late_refusal(world: World, seed: Seed) -> None:
    """A refusal that arrives after somebody else took over decides nothing any more."""
    transaction = bought(world, seed)
    claimed = world.claim(transaction.id)
    world.clock.advance(91)  # its holder hangs, and the lease passes
    world.provisioning.upcoming = [Mode.TIMEOUT_AFTER_EFFECT]
    world.work(transaction.id)

    world.settle(claimed, REFUSED)

    assert_promises(world)
    world.recover_everything()
    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS


def spent_tries(world: World, seed: Seed, *outside: Mode) -> Transaction:
    """An activation whose five tries all ended without an answer; the first took effect."""
    transaction = bought(world, seed)
    world.provisioning.upcoming = list(outside)
    for receive_count in range(1, 6):
        world.work(transaction.id, receive_count)
    return transaction


def activated_but_unheard(world: World, seed: Seed) -> None:
    """What was activated is not refunded, although no answer ever arrived."""
    transaction = spent_tries(world, seed, Mode.TIMEOUT_AFTER_EFFECT, *[Mode.GARBAGE] * 4)
    world.clock.advance(60)

    world.recover(transaction.id)

    assert_promises(world)
    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS


def nobody_says(world: World, seed: Seed) -> None:
    """While the provisioning system does not say what happened, a person is called instead."""
    transaction = spent_tries(world, seed, Mode.TIMEOUT_AFTER_EFFECT, *[Mode.GARBAGE] * 5)
    world.clock.advance(60)

    world.recover(transaction.id)

    assert_promises(world)
    assert world.transaction(transaction.id).attention_required
    world.recover_everything()
    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS


def a_request_still_under_way(world: World, seed: Seed) -> None:
    """The question what happened is not asked before the last try must have arrived."""
    transaction = spent_tries(world, seed, *[Mode.TIMEOUT_BEFORE_EFFECT] * 5)

    world.recover(transaction.id)
    world.provisioning.activated[transaction.id] = "PRV-late"

    assert_promises(world)
    world.clock.advance(60)
    world.recover(transaction.id)
    assert world.transaction(transaction.id).status is TransactionStatus.SUCCESS


def dead_before_sending(world: World, seed: Seed) -> None:
    """Whoever accepted may die right after the commit: the relay sends the message."""
    user, offer = seed.a_customer("100.00"), seed.an_offer("10.00", valid_from=START)
    commit = Point(calls_until_commit(world, seed), "unit_of_work.commit", takes_effect=True)
    world.watch.armed = commit
    with suppress(Crash):
        world.activate(user.id, offer.id)
    world.watch.disarm()
    world.clock.now += timedelta(minutes=1)
    world.relay(lambda: True)

    assert len(world.queues.on(Topic.ACTIVATION)) == 1
    world.drain()
    assert_promises(world)
    assert not world.unsettled()


def calls_until_commit(world: World, seed: Seed) -> int:
    """The number of the commit among the calls of an acceptance."""
    world.watch.disarm()
    bought(world, seed)
    number = world.watch.calls.index("unit_of_work.commit")
    world.drain()
    world.watch.disarm()
    return number


def published_in_any_order(world: World, seed: Seed) -> None:
    """Writers of old versions never overwrite a newer one."""
    accepted = bought(world, seed)
    versions = [replace(accepted, version=number) for number in range(2, 40)]
    newest_first = versions[::-1]

    at_once([lambda v=v: world.projection.publish(v) for v in newest_first], threads=8)  # type: ignore[misc]

    shown = world.projection.find(accepted.id)
    assert shown is not None
    assert shown.version == 39


def refunds_and_top_ups(world: World, seed: Seed) -> None:
    """Refunds, top-ups and charges of one account at once: every cent arrives."""
    user = seed.a_customer("100.00")
    offers = [seed.an_offer("10.00", valid_from=START) for _ in range(20)]
    world.provisioning = SharedProvisioning()
    world.provisioning.mode = Mode.REJECT
    world.restart()
    refused = [world.activate(user.id, offer.id).transaction for offer in offers[:10]]

    outcomes = at_once(
        [
            *[lambda t=t: world.work(t.id) for t in refused],
            *[lambda: world.top_up(user.id, "1.00")] * 10,
        ]
    )

    assert not [each for each in outcomes if isinstance(each, Exception)], kinds(outcomes)
    assert world.balance(user.id) == Money.of("110.00", "EUR")
    assert_promises(world)
