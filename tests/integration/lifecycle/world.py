"""A subscription's life over the real database: time moves by hand, the outside is in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select, update

from offers.adapters.clock.ids import new_id
from offers.adapters.emails.writer import JinjaEmailWriter
from offers.adapters.postgres.tables import notifications, offers, subscriptions
from offers.domain.account import Movement
from offers.domain.ids import LedgerEntryId, TransactionId
from offers.domain.money import Money
from offers.domain.outbox import Topic
from offers.domain.renewal import RenewalRules
from offers.services.advance_subscription import AdvanceSubscription
from offers.services.announce_outcome import AnnounceOutcome
from offers.services.announce_unpaid import AnnounceUnpaid
from offers.services.change_subscription import CancelSubscription, SetAutoRenew
from offers.services.claim_transaction import ClaimTransaction
from offers.services.deactivate_service import DeactivateService
from offers.services.dispatch_messages import DispatchMessages
from offers.services.expire_subscription import ExpireSubscription
from offers.services.notify_user import NotifyUser
from offers.services.process_activation import ProcessActivation
from offers.services.remind_subscriber import RemindSubscriber
from offers.services.renew_automatically import RenewAutomatically
from offers.services.renew_subscription import RenewSubscription
from offers.services.request_activation import RequestActivation
from offers.services.requeue_transaction import RequeueTransaction
from offers.services.resolve_transaction import ResolveTransaction
from offers.services.settle_transaction import SettleTransaction
from offers.services.sweep_subscriptions import ExpireAndRenew, RemindExpiring
from offers.services.unsubscribe_links import UnsubscribeLinks
from tests.fakes.clock import FakeClock
from tests.fakes.lifecycle_queue import FakeLifecycleQueue
from tests.fakes.provisioning import FakeProvisioning
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore
from tests.threads import all_at_once

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.ids import SubscriptionId, UserId
    from offers.domain.lifecycle import LifecycleStep
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
        store, clock = self.store, self.clock
        status, dispatch = FakeStatusStore(), DispatchMessages(self.queues, store.unit_of_work)
        accepting = (store.unit_of_work, status, dispatch, clock, new_id)
        self.activate, self.renew = RequestActivation(*accepting), RenewSubscription(*accepting)
        self.cancel = CancelSubscription(store.unit_of_work, clock)
        self.set_auto_renew = SetAutoRenew(store.unit_of_work, clock)
        writer = JinjaEmailWriter()
        claim = ClaimTransaction(store.unit_of_work, status, clock)
        settle = SettleTransaction(
            store.unit_of_work, status, AnnounceOutcome(writer, new_id), dispatch, clock, new_id
        )
        resolve = ResolveTransaction(claim, self.provisioning, settle, clock)
        requeue = RequeueTransaction(claim, dispatch, clock, new_id)
        self.work = ProcessActivation(claim, self.provisioning, settle, requeue, resolve, clock)
        notify = NotifyUser(writer, new_id)
        links = UnsubscribeLinks("https://api.example.com")
        telling = (store.unit_of_work, notify, dispatch)
        self.deactivate = DeactivateService(store.unit_of_work, self.provisioning, clock)
        self.advance = AdvanceSubscription(
            RemindSubscriber(*telling, clock, new_id, links, RULES, DAYS),
            RenewAutomatically(
                *(store.unit_of_work, status, AnnounceUnpaid(notify, new_id, RULES), dispatch),
                *(clock, new_id, RULES),
            ),
            ExpireSubscription(*telling, self.deactivate, clock, new_id, RULES),
            self.deactivate,
        )

    # --- what goes on in the background

    def remind(self, times: int = 1) -> None:
        """The daily schedule, as often and at once as wanted, and its workers."""
        self._run(RemindExpiring, DAYS, times)

    def sweep(self, times: int = 1) -> None:
        """The schedule of every few minutes, likewise, until nothing more comes of it."""
        self._run(ExpireAndRenew, RULES, times)
        self.process()
        self._run(ExpireAndRenew, RULES, 1)
        self.process()

    def process(self) -> None:
        """The activation queue is worked on."""
        for message in self.queues.take(Topic.ACTIVATION):
            self.work(TransactionId(UUID(message.payload["transaction_id"])))

    def _run(self, sweep: Any, rules: Any, times: int) -> None:
        barrier = Barrier(times)

        def once() -> list[LifecycleStep]:
            queue = FakeLifecycleQueue()
            barrier.wait()
            sweep(self.store.reading, queue, self.clock, rules)(always)
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

    def emails(self, user: User) -> list[dict[str, Any]]:
        """What is queued for delivery to them, in order."""
        sent = self.queues.on(Topic.NOTIFICATION)
        return [dict(each.payload) for each in sent if each.payload["to"] == user.email]

    def clear_stage(self) -> None:
        """End every subscription in the database, so that a new story is not disturbed."""
        with self.seed.engine.begin() as connection:
            connection.execute(
                update(subscriptions)
                .where(subscriptions.c.status == "active")
                .values(status="cancelled")
            )
            connection.exec_driver_sql("UPDATE deactivations SET status = 'superseded'")
