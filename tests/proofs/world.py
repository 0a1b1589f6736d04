"""The services over real PostgreSQL and Redis; what is outside of them is in memory and obeys.

Every port goes through a ``Watch``, which can stop the work at any call: that is how a crash looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from offers.adapters.clock.ids import new_id
from offers.domain.account import Movement
from offers.domain.credit import FourEyes
from offers.domain.ids import LedgerEntryId, TransactionId
from offers.domain.money import Money
from offers.domain.outbox import Topic
from offers.services.activation.claim_transaction import ClaimTransaction
from offers.services.activation.process_activation import ProcessActivation
from offers.services.activation.reconcile_activations import ReconcileActivations
from offers.services.activation.recover_transaction import RecoverTransaction
from offers.services.activation.request_activation import RequestActivation
from offers.services.activation.resolve_transaction import ResolveTransaction
from offers.services.activation.resume_activations import ResumeActivations
from offers.services.activation.settle_transaction import SettleTransaction
from offers.services.ledger.move_credit import MoveCredit
from offers.services.ledger.verify_ledger import VerifyLedger
from offers.services.outbox.relay_outbox import RelayOutbox
from offers.services.subscriptions.cancel_subscription import CancelSubscription
from offers.services.subscriptions.renew_subscription import RenewSubscription
from offers.wiring import Maker
from tests.factories import transaction_of
from tests.fakes.clock import FakeClock
from tests.fakes.email import FakeEmailWriter
from tests.fakes.provisioning import FakeProvisioning, Mode
from tests.fakes.queues import FakeQueues
from tests.proofs.watch import Watch

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.ids import UserId
    from offers.domain.outbox import OutboxMessage
    from offers.domain.transaction import Transaction
    from offers.ports.outside.status import TransactionStatusStore
    from offers.services.activation.progress import Step

MAX_RECEIVES = 5
A_LOT_OF_TIME = timedelta(hours=1)
MOST_ROUNDS = 12


@dataclass
class World:
    """One system in which time moves by hand. Services are made anew with ``restart``."""

    store: PostgresStore
    projection: TransactionStatusStore
    watch: Watch = field(default_factory=Watch)
    clock: FakeClock = field(default_factory=FakeClock)
    queues: FakeQueues = field(default_factory=FakeQueues)
    provisioning: FakeProvisioning = field(default_factory=FakeProvisioning)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """What a new process would make: nothing of the old one's memory is left."""
        make = Maker(
            unit_of_work=self.watch.unit_of_work("unit_of_work", self.store.unit_of_work),
            reading=self.watch.unit_of_work("reading", self.store.reading),
            status=self.watch.port("status", self.projection),
            queues=self.watch.port("queues", self.queues),
            provisioning=self.watch.port("provisioning", self.provisioning),
            clock=self.clock,
            email_writer=FakeEmailWriter(),
            four_eyes=FourEyes(Decimal(10_000), {}),
        )
        self.activate = make(RequestActivation)
        self.renew = make(RenewSubscription)
        self.cancel = make(CancelSubscription)
        self.credit = make(MoveCredit)
        self.claim = make(ClaimTransaction)
        self.settle = make(SettleTransaction)
        self.resolve = make(ResolveTransaction)
        self.work = make(ProcessActivation)
        self.recover = make(RecoverTransaction)
        self.reconcile = make(ReconcileActivations)
        self.resume = make(ResumeActivations)
        self.relay = make(RelayOutbox)
        self.verify = VerifyLedger(self.store.reading, self.clock)  # not watched

    # --- what goes on in the background

    def deliver(self, message: OutboxMessage, receive_count: int = 1) -> Step:
        """One delivery to the worker; what it leaves undone is put back on the queue."""
        transaction_id = transaction_of(message)
        return self.work(transaction_id, receive_count)

    def drain(self) -> None:
        """Deliver what is queued until nothing more comes, as SQS would: again what is not done,
        and to the dead-letter function what was received too often."""
        for message in self.queues.take(Topic.ACTIVATION):
            for receive_count in range(1, MAX_RECEIVES + 1):
                if self.deliver(message, receive_count).retry_after_seconds is None:
                    break
                self.clock.advance(120)
            else:
                self.recover(transaction_of(message))
        self.queues.take(Topic.NOTIFICATION)

    def recover_everything(self) -> None:
        """The schedules run, in a world where nothing fails any more, until nothing is open."""
        self.watch.disarm()
        self.provisioning.mode, self.queues.is_away = Mode.OK, False
        self.provisioning.upcoming.clear()
        self.restart()
        for _ in range(MOST_ROUNDS):
            self.clock.now += A_LOT_OF_TIME
            self.relay(lambda: True)
            self.drain()
            self.reconcile(lambda: True)
            self.drain()
            if not self.unsettled():
                break

    def unsettled(self) -> tuple[TransactionId, ...]:
        """What is open, flagged or not."""
        with self.store.reading() as store:
            return store.transactions.unsettled_since(self.clock() + 2 * A_LOT_OF_TIME, 1000)

    # --- looking and helping

    def transaction(self, transaction_id: TransactionId) -> Transaction:
        with self.store.reading() as store:
            return store.transactions.get(transaction_id)

    def balance(self, user_id: UserId) -> Money:
        with self.store.reading() as store:
            return store.accounts.of_user(user_id).balance

    def top_up(self, user_id: UserId, amount: str) -> None:
        with self.store.unit_of_work() as work:
            account = work.accounts.lock_for_user(user_id)
            cause = Movement(LedgerEntryId(new_id()), self.clock(), "test", "top-up")
            work.accounts.move(*account.top_up(Money.of(amount, "EUR"), cause))
