"""Get a transaction going again whose messages are spent or lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.activation import TransactionAlreadySettled, TransactionLeased
from offers.domain.waiting import GIVE_UP_AFTER, MAX_TRIES
from offers.services.activation.progress import Progress, Step

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId
    from offers.domain.transaction import Transaction
    from offers.ports.clock import Clock
    from offers.ports.store.work import Reading
    from offers.services.activation.claim_transaction import ClaimTransaction
    from offers.services.activation.requeue_transaction import RequeueTransaction
    from offers.services.activation.resolve_transaction import ResolveTransaction


@dataclass(frozen=True)
class RecoverTransaction:
    """Used for dead letters and by reconciliation:

    try again while tries are left, then ask what happened.
    """

    reading: Reading
    claim: ClaimTransaction
    requeue: RequeueTransaction
    resolve: ResolveTransaction
    clock: Clock

    def __call__(self, transaction_id: TransactionId) -> Step:
        """Raises TransactionNotFound or StoreUnavailable."""
        with self.reading() as store:
            transaction = store.transactions.get(transaction_id)
        if self._is_spent(transaction):
            return self.resolve(transaction_id)
        try:
            return self.requeue.at_once(self.claim(transaction_id).transaction)
        except TransactionAlreadySettled:
            return Step(Progress.SETTLED_BEFORE)
        except TransactionLeased as leased:
            return self.resolve.leased(leased)

    def _is_spent(self, transaction: Transaction) -> bool:
        is_old = self.clock() >= transaction.created_at + GIVE_UP_AFTER
        return is_old or transaction.attempts >= MAX_TRIES
