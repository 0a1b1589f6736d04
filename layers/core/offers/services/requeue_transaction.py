"""Give a claimed transaction back together with a new message for later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.backoff import delay_seconds
from offers.domain.ids import OutboxMessageId
from offers.domain.purchase import activation_message
from offers.services.progress import Progress, Step

if TYPE_CHECKING:
    from offers.domain.transaction import Transaction
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.services.claim_transaction import ClaimTransaction
    from offers.services.dispatch_messages import DispatchMessages


@dataclass(frozen=True)
class RequeueTransaction:
    """The new message is in the same commit as the release, so one of the two always remains."""

    claim: ClaimTransaction
    dispatch: DispatchMessages
    clock: Clock
    new_id: NewId

    def __call__(self, claimed: Transaction, at_least_seconds: int = 0) -> Step:
        """Raises StoreUnavailable; the lease then runs out by itself."""
        delay = timedelta(seconds=max(at_least_seconds, delay_seconds(claimed.attempts)))
        deliver_at = self.clock() + delay
        message = activation_message(OutboxMessageId(self.new_id()), claimed.id, deliver_at)
        released = self.claim.release(claimed, message)
        if released is None:
            return Step(Progress.SUPERSEDED)
        self.dispatch([message])
        return Step(Progress.POSTPONED, released)
