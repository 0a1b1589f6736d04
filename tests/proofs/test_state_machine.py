"""Random lives of a few customers, on the real database: after every step every promise holds, and
when the world has calmed down everything is settled.

``PROOF_EXAMPLES=500`` makes it larger and different each time; a failure prints the steps that lead
to it and a blob that repeats them.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from offers.domain.errors import DomainError
from offers.domain.idempotency import IdempotencyKey
from offers.services.subscriptions.renew_subscription import LatestSubscriptionTo
from tests.fakes.clock import START
from tests.fakes.provisioning import Mode
from tests.proofs.empty import empty
from tests.proofs.promises import assert_everything_settled, assert_promises
from tests.proofs.renewals import expire
from tests.proofs.shaky import Fuse, ShakyProjection, ShakyWorld
from tests.proofs.world import MAX_RECEIVES, World

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.adapters.postgres.store import PostgresStore
    from offers.services.activation.purchases import Accepted
    from tests.seed import Seed

pytestmark = [pytest.mark.integration, pytest.mark.slow]

EXAMPLES = os.environ.get("PROOF_EXAMPLES")
SIZE = settings(
    max_examples=int(EXAMPLES or 70),
    stateful_step_count=25,
    derandomize=EXAMPLES is None,
    database=None,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)
DAY = 86_400
NUMBER = st.integers(0, 7)
MODES = st.sampled_from(Mode)
MOVES = st.sampled_from(["accept", "deliver", "deliver", "relay", "reconcile", "bury", "renew"])


class Lives(RuleBasedStateMachine):
    """Two customers and two offers; what time and bad luck make of them."""

    def __init__(self, seed: Seed, store: PostgresStore, projection: Any) -> None:
        super().__init__()
        empty(seed.engine)
        self.projection = ShakyProjection(projection)
        self.world = World(store, self.projection, watch=Fuse())
        self.shaky = ShakyWorld(self.world)
        self.users = [seed.a_customer("100.00").id, seed.a_customer("30.00").id]
        self.offers = [seed.an_offer(price, valid_from=START).id for price in ("9.99", "25.00")]
        self.accepted: dict[IdempotencyKey, Accepted] = {}

    @initialize(first=MODES, then=MODES, count=st.integers(0, 9))
    def some_have_bought(self, first: Mode, then: Mode, count: int) -> None:
        self.outside_will(first, then, count)
        self.accept(0, 0, 0)
        self.accept(0, 1, 1)
        self.accept(1, 0, 2)

    # --- customers

    @rule(user=NUMBER, offer=NUMBER, key=NUMBER)
    def accept(self, user: int, offer: int, key: int) -> None:
        self._once(user, offer, key, self.world.activate)

    @rule(user=NUMBER, offer=NUMBER, key=NUMBER)
    def renew(self, user: int, offer: int, key: int) -> None:
        def renew(user_id: Any, offer_id: Any, key: Any) -> Accepted:
            return self.world.renew(user_id, LatestSubscriptionTo(offer_id), key)

        self._once(user, offer, 10 + key, renew)

    @rule(user=NUMBER, number=NUMBER)
    def cancel(self, user: int, number: int) -> None:
        self._change(user, number, lambda view: self.world.cancel(self._user(user), view))

    @rule(user=NUMBER, number=NUMBER)
    def expire(self, user: int, number: int) -> None:
        self._change(user, number, lambda found: expire(self.world, found))

    @rule(user=NUMBER)
    def top_up(self, user: int) -> None:
        self.world.top_up(self._user(user), "50.00")

    # --- workers and schedules

    @rule(number=NUMBER)
    def deliver(self, number: int) -> None:
        self.shaky.deliver(number)

    @rule(number=NUMBER, times=st.integers(2, 5))
    def deliver_some(self, number: int, times: int) -> None:
        for _ in range(times):
            self.shaky.deliver(number)

    @rule(number=st.integers(0, 99))
    def deliver_an_old_message_again(self, number: int) -> None:
        self.shaky.deliver_again(number)

    @rule(number=NUMBER, first=MODES, then=MODES)
    def spend_all_tries(self, number: int, first: Mode, then: Mode) -> None:
        """Each rarely happens, all in a row never would."""
        self.outside_will(first, then, 9)
        for _ in range(MAX_RECEIVES):
            self.shaky.deliver_again(number)
            self.world.clock.advance(31)
        self.shaky.recover(number)

    @rule(number=NUMBER)
    def a_worker_pauses(self, number: int) -> None:
        self.shaky.pause_a_worker(number)

    @rule()
    def a_worker_wakes(self) -> None:
        self.shaky.wake_a_worker()

    @rule()
    def bury(self) -> None:
        self.shaky.bury()

    @rule()
    def bury_after_a_while(self) -> None:
        self.world.clock.advance(91)
        self.shaky.bury()

    @rule()
    def relay(self) -> None:
        self.world.relay(lambda: True)

    @rule()
    def reconcile(self) -> None:
        self.world.reconcile(lambda: True)

    # --- bad luck

    @rule(move=MOVES, number=NUMBER, halves_of_calls=st.integers(0, 24))
    def die_while(self, move: str, number: int, halves_of_calls: int) -> None:
        moves: dict[str, Callable[[], object]] = {
            "accept": lambda: self.accept(number, number + 1, number),
            "renew": lambda: self.renew(number, number + 1, number),
            "deliver": lambda: self.deliver(number),
            "relay": self.relay,
            "reconcile": self.reconcile,
            "bury": self.bury,
        }
        self.shaky.cut(halves_of_calls, moves[move])

    @rule(first=MODES, then=MODES, count=st.integers(0, 9))
    def outside_will(self, first: Mode, then: Mode, count: int) -> None:
        self.world.provisioning.upcoming = [first] + [then] * count

    @rule(seconds=st.sampled_from([1, 31, 91, 700, 3600, DAY + 1, 31 * DAY]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    @rule(has_sqs=st.booleans(), has_redis=st.booleans())
    def parts_come_and_go(self, has_sqs: bool, has_redis: bool) -> None:
        self.world.queues.is_away, self.projection.is_away = not has_sqs, not has_redis

    @rule()
    def the_queue_is_lost(self) -> None:
        self.shaky.receive_all()
        self.shaky.waiting.clear()

    # --- the promises

    @invariant()
    def every_promise_holds(self) -> None:
        assert_promises(self.world)

    def teardown(self) -> None:
        self.projection.is_away = False
        self.world.recover_everything()
        assert_promises(self.world)
        assert_everything_settled(self.world)
        assert not self.world.unsettled(), "the outside answers, and yet something is open"

    def _user(self, number: int) -> Any:
        return self.users[number % 2]

    def _once(self, user: int, offer: int, key: int, buy: Callable[..., Accepted]) -> None:
        """A key stands for one purchase, whatever becomes of it."""
        user_id, offer_id = self._user(user), self.offers[offer % 2]
        name = IdempotencyKey.of(
            f"user:{user_id}", f"{offer % 2}-{key % 3 + key // 10 * 10}", "", {}
        )
        with suppress(DomainError):
            accepted = buy(user_id, offer_id, name)
            first = self.accepted.setdefault(name, accepted)
            assert accepted.transaction.id == first.transaction.id
            assert accepted.is_replay or first is accepted

    def _change(self, user: int, number: int, change: Callable[[Any], object]) -> None:
        with self.world.store.reading() as store:
            from offers.ports.pages import PageRequest

            found = store.subscriptions.page(self._user(user), None, PageRequest(8)).items
        with suppress(DomainError):
            if found:
                change(found[number % len(found)].subscription.id)


def test_no_life_breaks_a_promise(world: World, seed: Seed, store: PostgresStore) -> None:
    def born() -> Lives:
        return Lives(seed, store, world.projection)

    run_state_machine_as_test(cast("type[Lives]", born), settings=SIZE)
