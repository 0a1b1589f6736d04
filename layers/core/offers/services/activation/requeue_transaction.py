"""Give a claimed transaction back, with which nothing was done, and a new message for later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.backoff import MAX_DELAY_SECONDS, delay_seconds
from offers.domain.ids import OutboxMessageId
from offers.domain.purchase import activation_message
from offers.domain.transaction import NO_TIME
from offers.services.activation.progress import Progress, Step

if TYPE_CHECKING:
    from offers.domain.outbox import OutboxMessage
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
        """The provider turned it away: the more often it has, the longer it waits, up to
        MAX_DELAY_SECONDS, so that a crowd that waits does not storm.

        Raises StoreUnavailable; the lease then runs out by itself.
        """
        delay = max(at_least_seconds, delay_seconds(claimed.turned_away + 1, self.chance()))
        message = self._message(claimed, timedelta(seconds=min(delay, MAX_DELAY_SECONDS)))
        return self._sent(message, self.claim.turn_away(claimed, message))

    def at_once(self, claimed: Transaction) -> Step:
        """Its messages are spent or lost: nothing has to be waited for. Raises StoreUnavailable."""
        message = self._message(claimed, NO_TIME)
        return self._sent(message, self.claim.put_back(claimed, message))

    def _message(self, claimed: Transaction, delay: timedelta) -> OutboxMessage:
        message_id = OutboxMessageId(self.new_id())
        return activation_message(message_id, claimed.id, self.clock() + delay)

    def _sent(self, message: OutboxMessage, released: Transaction | None) -> Step:
        if released is None:
            return Step(Progress.SUPERSEDED)
        self.dispatch([message])
        return Step(Progress.POSTPONED, released)
