"""Work on one activation: claim it, ask the provisioning system, record what it said."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.backoff import delay_seconds
from offers.domain.errors.activation import TransactionAlreadySettled, TransactionLeased
from offers.domain.outcome import Activated, NotDone, Refused, Unknown
from offers.domain.waiting import GIVE_UP_AFTER, MAX_TRIES
from offers.ports.errors import StoreUnavailable
from offers.services.activation.progress import Progress, Step, step_of

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId
    from offers.domain.transaction import Transaction
    from offers.ports.chance import Chance
    from offers.ports.clock import Clock
    from offers.ports.outside.provisioning import Provisioning
    from offers.services.activation.claim_transaction import Claimed, ClaimTransaction
    from offers.services.activation.requeue_transaction import RequeueTransaction
    from offers.services.activation.resolve_transaction import ResolveTransaction
    from offers.services.activation.settle_transaction import SettleTransaction


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ProcessActivation:
    """Handles one message, however often, late or out of order it comes. What fails on our own side
    is tried MAX_TRIES times, then a person is called.
    """

    claim: ClaimTransaction
    provisioning: Provisioning
    settle: SettleTransaction
    requeue: RequeueTransaction
    resolve: ResolveTransaction
    clock: Clock
    chance: Chance

    def __call__(self, transaction_id: TransactionId, receive_count: int = 1) -> Step:
        """Raises TransactionNotFound for an id we never issued, and StoreUnavailable."""
        try:
            claimed = self.claim(transaction_id)
        except TransactionAlreadySettled:
            return Step(Progress.SETTLED_BEFORE)
        except TransactionLeased as leased:
            return self.resolve.leased(leased)
        try:
            return self._work_on(claimed, receive_count)
        except StoreUnavailable:
            raise
        except Exception as failure:
            if claimed.transaction.attempts >= MAX_TRIES:
                return self.resolve.call_a_person(claimed, failure)
            logger.exception("not settled", extra={"transaction_id": str(transaction_id)})
            return self._again(claimed.transaction, receive_count)

    def _work_on(self, claimed: Claimed, receive_count: int) -> Step:
        match self.provisioning.activate(claimed.order):
            case Activated() | Refused() as verdict:
                return step_of(self.settle(claimed, verdict))
            case NotDone(retry_after_seconds=seconds):
                return self._not_done(claimed.transaction, seconds)
            case Unknown():
                return self._again(claimed.transaction, receive_count)

    def _again(self, claimed: Transaction, receive_count: int) -> Step:
        released = self.claim.release(claimed)
        return Step(Progress.UNKNOWN, released, delay_seconds(receive_count, self.chance()))

    def _not_done(self, claimed: Transaction, seconds: int) -> Step:
        """Wait by a new message, so that an outage outside uses up none of this one's receives."""
        if self.clock() < claimed.created_at + GIVE_UP_AFTER:
            return self.requeue(claimed, seconds)
        self.claim.put_back(claimed)
        return self.resolve(claimed.id)
