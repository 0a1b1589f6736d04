"""Work on one activation: claim it, ask the provisioning system, record what it said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.backoff import delay_seconds
from offers.domain.errors.activation import TransactionAlreadySettled, TransactionLeased
from offers.domain.outcome import Activated, NotDone, Refused, Unknown
from offers.services.activation.progress import Progress, Step, step_of
from offers.services.activation.recover_transaction import GIVE_UP_AFTER

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId
    from offers.domain.transaction import Transaction
    from offers.ports.clock import Clock
    from offers.ports.outside.provisioning import Provisioning
    from offers.services.activation.claim_transaction import ClaimTransaction
    from offers.services.activation.requeue_transaction import RequeueTransaction
    from offers.services.activation.resolve_transaction import ResolveTransaction
    from offers.services.activation.settle_transaction import SettleTransaction


@dataclass(frozen=True)
class ProcessActivation:
    """Handles one message, however often, late or out of order it comes."""

    claim: ClaimTransaction
    provisioning: Provisioning
    settle: SettleTransaction
    requeue: RequeueTransaction
    resolve: ResolveTransaction
    clock: Clock

    def __call__(self, transaction_id: TransactionId, receive_count: int = 1) -> Step:
        """Raises TransactionNotFound for an id we never issued, and StoreUnavailable."""
        try:
            claimed = self.claim(transaction_id)
        except TransactionAlreadySettled:
            return Step(Progress.SETTLED_BEFORE)
        except TransactionLeased as leased:
            return self.resolve.leased(leased)
        match self.provisioning.activate(claimed.order):
            case Activated() | Refused() as verdict:
                return step_of(self.settle(claimed.transaction, verdict))
            case NotDone(retry_after_seconds=seconds):
                return self._not_done(claimed.transaction, seconds)
            case Unknown():
                released = self.claim.release(claimed.transaction)
                return Step(Progress.UNKNOWN, released, delay_seconds(receive_count))

    def _not_done(self, claimed: Transaction, seconds: int) -> Step:
        """Wait by a new message, so that an outage outside uses up none of this one's receives."""
        if self.clock() < claimed.created_at + GIVE_UP_AFTER:
            return self.requeue(claimed, seconds)
        self.claim.put_back(claimed)
        return self.resolve(claimed.id)
