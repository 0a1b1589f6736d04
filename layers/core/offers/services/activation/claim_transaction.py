"""Take a transaction to work on, and give it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.subscription import end_of_period
from offers.domain.transaction import NO_TIME, Transaction
from offers.domain.waiting import LEASE
from offers.ports.outside.provisioning import OrderKind, ProvisioningOrder

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from offers.domain.ids import TransactionId
    from offers.domain.offer import Offer
    from offers.domain.outbox import OutboxMessage
    from offers.ports.clock import Clock
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Claimed:
    """A transaction held under a lease."""

    transaction: Transaction
    offer: Offer

    @property
    def order(self) -> ProvisioningOrder:
        """What to ask of the provisioning system: the same on every try, since the end of the
        period is reckoned from the acceptance. Raises SubscriptionTooLong.
        """
        bought = self.transaction
        starts = max(bought.period_start or bought.created_at, bought.created_at)
        return ProvisioningOrder(
            operation_id=bought.id,
            user_id=bought.user_id,
            offer_code=self.offer.code,
            kind=OrderKind(bought.kind),
            expires_at=end_of_period(starts, bought.duration_days),
        )


@dataclass(frozen=True)
class ClaimTransaction:
    """Claims are versions: whoever holds the newest version holds the transaction."""

    unit_of_work: UnitOfWork
    status: TransactionStatusStore
    clock: Clock

    def __call__(self, transaction_id: TransactionId, quiet: timedelta = NO_TIME) -> Claimed:
        """Raises TransactionNotFound, TransactionAlreadySettled, TransactionLeased or
        StoreUnavailable.
        """
        with self.unit_of_work() as work:
            claimed = work.transactions.lock(transaction_id).claim(LEASE, self.clock(), quiet)
            work.transactions.save(claimed)
            offer = work.offers.get(claimed.offer_id)
        self.status.publish(claimed)
        return Claimed(claimed, offer)

    def release(self, claimed: Transaction) -> Transaction | None:
        """Give it back without an outcome; None if it is no longer ours."""
        return self._give_back(claimed, lambda held, at: held.release(at))

    def put_back(
        self, claimed: Transaction, message: OutboxMessage | None = None
    ) -> Transaction | None:
        """Give it back as it was taken, nothing having been done outside, and write ``message`` in
        the same commit; None if it is no longer ours.
        """
        return self._give_back(claimed, lambda held, at: held.put_back(at), message)

    def turn_away(self, claimed: Transaction, message: OutboxMessage) -> Transaction | None:
        """The same for what the provisioning system would not take on now, which is counted."""
        return self._give_back(claimed, lambda held, at: held.turn_away(at), message)

    def flag(self, claimed: Transaction, reason: str) -> Transaction | None:
        """Give it back to a person; None if it is no longer ours."""
        flagged = self._give_back(claimed, lambda held, at: held.flag(reason, at))
        if flagged is not None:
            self.status.publish(flagged)
        return flagged

    def _give_back(
        self,
        claimed: Transaction,
        change: Callable[[Transaction, datetime], Transaction],
        message: OutboxMessage | None = None,
    ) -> Transaction | None:
        with self.unit_of_work() as work:
            held = work.transactions.lock(claimed.id)
            if held.version != claimed.version:
                return None
            changed = change(held, self.clock())
            work.transactions.save(changed)
            if message is not None:
                work.outbox.add(message)
        return changed
