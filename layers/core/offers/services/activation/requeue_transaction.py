"""Give a claimed transaction back, with which nothing was done, and a new message for later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.backoff import MAX_DELAY_SECONDS, pause_seconds
from offers.domain.ids import OutboxMessageId
from offers.domain.purchase import activation_message
from offers.services.activation.progress import Progress, Step

if TYPE_CHECKING:
    from offers.domain.transaction import Transaction
    from offers.ports.chance import Chance
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.services.activation.claim_transaction import ClaimTransaction
    from offers.services.outbox.dispatch_messages import DispatchMessages


@dataclass(frozen=True)
class RequeueTransaction:
    """The new message is in the same commit as the release, so one of the two always remains."""

    claim: ClaimTransaction
    dispatch: DispatchMessages
    clock: Clock
    chance: Chance
    new_id: NewId

    def __call__(self, claimed: Transaction, at_least_seconds: int = 0) -> Step:
        """The longer it has been waiting, the longer it waits again, up to MAX_DELAY_SECONDS: so
        that whatever waits is not taken for lost, and a crowd that waits does not storm.

        Raises StoreUnavailable; the lease then runs out by itself.
        """
        now = self.clock()
        waited = round((now - claimed.created_at).total_seconds())
        delay = min(max(at_least_seconds, pause_seconds(waited, self.chance())), MAX_DELAY_SECONDS)
        deliver_at = now + timedelta(seconds=delay)
        message = activation_message(OutboxMessageId(self.new_id()), claimed.id, deliver_at)
        released = self.claim.put_back(claimed, message)
        if released is None:
            return Step(Progress.SUPERSEDED)
        self.dispatch([message])
        return Step(Progress.POSTPONED, released)
