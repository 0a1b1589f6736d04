"""A subscription's life over the real database: time moves by hand, the outside is in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from offers.adapters.clock.ids import new_id
from offers.adapters.clock.time_zones import zone_of
from offers.adapters.postgres.tables import notifications, offers, subscriptions
from offers.domain.account import Movement
from offers.domain.ids import LedgerEntryId
from offers.domain.messages import RenderedEmail
from offers.domain.money import Money
from offers.domain.outbox import Topic
from offers.domain.renewal import RenewalRules
from offers.services.activation.process_activation import ProcessActivation
from offers.services.activation.request_activation import RequestActivation
from offers.services.notifications.unsubscribe_links import UnsubscribeLinks
from offers.services.subscriptions.advance_subscription import AdvanceSubscription
from offers.services.subscriptions.cancel_subscription import CancelSubscription
from offers.services.subscriptions.deactivate_service import DeactivateService
from offers.services.subscriptions.expire_and_renew import ExpireAndRenew
from offers.services.subscriptions.remind_expiring import RemindExpiring
from offers.services.subscriptions.renew_subscription import RenewSubscription
from offers.services.subscriptions.set_auto_renew import SetAutoRenew
from offers.wiring import Maker
from tests.factories import transaction_of
from tests.fakes.clock import FakeClock
from tests.fakes.lifecycle_queue import FakeLifecycleQueue
from tests.fakes.provisioning import FakeProvisioning
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore
from tests.threads import all_at_once

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.due_task import SubscriptionStep
    from offers.domain.ids import SubscriptionId, UserId
    from offers.domain.offer import Offer
    from offers.domain.subscription import Subscription
    from offers.domain.user import User
    from tests.seed import Seed

RULES = RenewalRules(lead=timedelta(hours=24), grace=timedelta(days=3))
DAYS = (1, 3, 7)


def always() -> bool:
    """There is time."""
    return True


@dataclass
class World:
    """One customer's world; several may share the database."""

    store: PostgresStore
    seed: Seed
    clock: FakeClock = field(default_factory=FakeClock)
    queues: FakeQueues = field(default_factory=FakeQueues)
    lifecycle_queue: FakeLifecycleQueue = field(default_factory=FakeLifecycleQueue)
    provisioning: FakeProvisioning = field(default_factory=FakeProvisioning)

    def __post_init__(self) -> None:
        make = Maker(
            unit_of_work=self.store.unit_of_work,
            reading=self.store.reading,
            clock=self.clock,
            queues=self.queues,
            lifecycle_queue=self.lifecycle_queue,
            provisioning=self.provisioning,
            status=FakeStatusStore(),
            renewal_rules=RULES,
            reminder_days=DAYS,
            unsubscribe_links=UnsubscribeLinks("https://api.example.com"),
        )
        self.activate = make(RequestActivation)
        self.renew = make(RenewSubscription)
        self.cancel = make(CancelSubscription)
        self.set_auto_renew = make(SetAutoRenew)
        self.work = make(ProcessActivation)
        self.deactivate = make(DeactivateService)
        self.advance = make(AdvanceSubscription)

    # --- what goes on in the background

    def remind(self, times: int = 1) -> None:
        """The daily schedule, as often and at once as wanted, and its workers."""
        self._run(times, RemindExpiring, DAYS, zone_of)

    def sweep(self, times: int = 1) -> None:
        """The schedule of every few minutes, likewise, until nothing more comes of it."""
        self._run(times, ExpireAndRenew, RULES)
        self.process()
        self._run(1, ExpireAndRenew, RULES)
        self.process()

    def process(self) -> None:
        """The activation queue is worked on."""
        for message in self.queues.take(Topic.ACTIVATION):
            self.work(transaction_of(message))

    def _run(self, times: int, sweep: Any, *rules: Any) -> None:
        barrier = Barrier(times)

        def once() -> list[SubscriptionStep]:
            queue = FakeLifecycleQueue()
            barrier.wait()
            sweep(self.store.reading, queue, self.clock, *rules)(always)
            return [self.advance(due).step for due in queue.take()]

        all_at_once([once] * times)

    # --- what people do

    def subscribe(self, user: User, offer: Offer) -> SubscriptionId:
        """An active subscription from now."""
        accepted = self.activate(user.id, offer.id)
        self.process()
        return accepted.transaction.subscription_id

    def top_up(self, user: User, minor: int) -> None:
        with self.store.unit_of_work() as work:
            account = work.accounts.lock_for_user(user.id)
            cause = Movement(LedgerEntryId(new_id()), self.clock(), "test", "top-up")
            work.accounts.move(*account.top_up(Money(minor, "EUR"), cause))

    def reprice(self, offer: Offer, minor: int) -> None:
        changed = update(offers).where(offers.c.id == offer.id).values(price_minor=minor)
        with self.seed.engine.begin() as connection:
            connection.execute(changed)

    # --- looking

    def subscription(self, subscription_id: SubscriptionId) -> Subscription:
        with self.store.reading() as store:
            return store.subscriptions.view(subscription_id).subscription

    def balance(self, user_id: UserId) -> int:
        with self.store.reading() as store:
            return store.accounts.of_user(user_id).balance.amount_minor

    def notices(self, user: User) -> list[tuple[str, str]]:
        """(key, status) of everything a customer was told, in order."""
        told = select(notifications.c.notice, notifications.c.status).where(
            notifications.c.user_id == user.id
        )
        with self.seed.engine.connect() as connection:
            rows = connection.execute(told.order_by(notifications.c.id)).all()
        return [(notice, status) for notice, status in rows]

    def emails(self, user: User) -> list[RenderedEmail]:
        """What is queued for delivery to them, in order."""
        sent = (each.content for each in self.queues.on(Topic.NOTIFICATION))
        return [each for each in sent if isinstance(each, RenderedEmail) and each.to == user.email]

    def clear_stage(self) -> None:
        """End every subscription in the database, so that a new story is not disturbed."""
        with self.seed.engine.begin() as connection:
            connection.execute(
                update(subscriptions)
                .where(subscriptions.c.status == "active")
                .values(status="cancelled")
            )
            connection.exec_driver_sql("UPDATE deactivations SET status = 'superseded'")
