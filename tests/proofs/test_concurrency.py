"""Everything at once, with threads and with processes; and never a deadlock that a caller sees."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from offers.adapters.postgres.tables import refresh_tokens
from offers.domain.money import Money
from offers.domain.subscription import SubscriptionStatus
from offers.domain.transaction import TransactionStatus
from tests.fakes.clock import START
from tests.fakes.provisioning import Mode
from tests.proofs import clicks, endings, payments, processes, scenarios
from tests.proofs.crowd import SharedProvisioning, SharedQueues, at_once, kinds
from tests.proofs.promises import assert_everything_settled, assert_promises
from tests.proofs.renewals import a_running_subscription, expire, subscription_of
from tests.proofs.sessions import Sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.proofs.world import World
    from tests.seed import Seed

pytestmark = pytest.mark.integration

SCENARIOS = (
    scenarios.a_small_purse,
    scenarios.refunds_and_top_ups,
    scenarios.many_clicks,
    scenarios.twins_with_a_key,
    scenarios.five_workers,
    scenarios.many_relays,
    scenarios.a_late_refusal,
    scenarios.activated_but_unheard,
    scenarios.nobody_says,
    scenarios.a_request_still_under_way,
    scenarios.dead_before_sending,
    scenarios.published_in_any_order,
    payments.one_payment_and_many_operators,
    clicks.named_and_after_success,
    clicks.unnamed_and_after_success,
    clicks.a_burst_while_the_first_is_open,
    clicks.a_burst_while_workers_run,
    *endings.ENDINGS,
)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: each.__name__)
def test_it_holds(world: World, seed: Seed, scenario: Callable[..., None]) -> None:
    scenario(world, seed)


def test_worker_dead_letter_and_reconciler_race_on_one_transaction(
    world: World, seed: Seed
) -> None:
    world.provisioning, world.queues = SharedProvisioning(0.01), SharedQueues()
    world.restart()
    chance = random.Random(20260314)  # noqa: S311  # a repeatable test
    for _ in range(15):
        transaction = scenarios.bought(world, seed)
        world.clock.advance(1200)  # it stands still: everybody thinks it is theirs
        world.provisioning.upcoming = [chance.choice(list(Mode)) for _ in range(3)]
        outcomes = at_once(
            [
                *[lambda t=transaction: world.work(t.id)] * 2,
                lambda t=transaction: world.recover(t.id),  # type: ignore[misc]
                lambda: world.reconcile(lambda: True),
            ]
        )
        assert not [each for each in outcomes if isinstance(each, Exception)], kinds(outcomes)
        assert_promises(world)
    world.recover_everything()
    assert_promises(world)
    assert_everything_settled(world)


def test_a_renewal_against_the_end_of_its_subscription(world: World, seed: Seed) -> None:
    """Whoever comes first: what was paid for is live at once and active in the end."""
    user, offer, running = a_running_subscription(world, seed)
    for _ in range(10):
        now = subscription_of(world, user)
        assert now.expires_at is not None
        world.clock.now = now.expires_at
        outcomes = at_once([lambda: world.renew(user.id, running), lambda: expire(world, running)])
        assert kinds(outcomes)["Accepted"] == 1, kinds(outcomes)
        live = (SubscriptionStatus.ACTIVE, SubscriptionStatus.PENDING)
        assert subscription_of(world, user).status in live
        world.drain()
        renewed = subscription_of(world, user)
        assert renewed.status is SubscriptionStatus.ACTIVE
        assert renewed.expires_at == now.expires_at + timedelta(days=offer.duration_days)
    assert_promises(world)


def test_top_ups_against_charges(world: World, seed: Seed) -> None:
    user = seed.a_customer("50.00")
    offers = [seed.an_offer("5.00", valid_from=START) for _ in range(15)]
    outcomes = at_once(
        [
            *[lambda o=o: world.activate(user.id, o.id) for o in offers],
            *[lambda: world.top_up(user.id, "1.00")] * 5,
        ]
    )
    accepted = kinds(outcomes)["Accepted"]
    assert accepted in (10, 11)
    assert kinds(outcomes).get("InsufficientBalance", 0) == 15 - accepted
    assert world.balance(user.id) == Money(5500 - 500 * accepted, "EUR")
    assert_promises(world)


def test_a_refresh_token_spent_many_times_at_once_has_one_successor(
    world: World, seed: Seed
) -> None:
    sessions = Sessions(world, seed.a_customer())

    outcomes = at_once([lambda: sessions.refresh(sessions.first)] * 10)

    assert {each.refresh_token for each in outcomes} == {sessions.tokens.successor(sessions.first)}
    with seed.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(refresh_tokens)) == 2
    sessions.refresh(outcomes[0].refresh_token)  # nobody was taken for a thief


def test_a_purse_shared_by_processes(
    world: World, seed: Seed, database_url: str, redis_url: str
) -> None:
    user = seed.a_customer("100.00")
    offers = [seed.an_offer("10.00", valid_from=START).id for _ in range(24)]

    outcomes = processes.buy_in_processes(database_url, redis_url, user.id, offers, count=3)

    assert outcomes == {"Accepted": 10, "InsufficientBalance": 14}
    assert world.balance(user.id) == Money.of("0.00", "EUR")
    assert_promises(world)


def test_a_transaction_shared_by_processes(
    world: World, seed: Seed, database_url: str, redis_url: str
) -> None:
    """Each process has an outside of its own, so a second effect would be a second call."""
    some: list[Any] = [scenarios.bought(world, seed).id for _ in range(8)]

    calls = processes.work_in_processes(database_url, redis_url, some, count=3)

    assert sorted(calls) == sorted(some)
    assert {world.transaction(each).status for each in some} == {TransactionStatus.SUCCESS}
