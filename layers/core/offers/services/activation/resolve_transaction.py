"""Settle a transaction whose outcome is unknown: ask the provisioning system what happened."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.activation import TransactionAlreadySettled, TransactionLeased
from offers.domain.outcome import Activated, InProgress, NotActivated, Refused, Unknown
from offers.domain.waiting import QUIET
from offers.ports.errors import StoreUnavailable
from offers.services.activation.progress import Progress, Step, step_of

if TYPE_CHECKING:
    from offers.domain.ending import Verdict
    from offers.domain.ids import TransactionId
    from offers.ports.clock import Clock
    from offers.ports.outside.provisioning import Provisioning
    from offers.services.activation.claim_transaction import Claimed, ClaimTransaction
    from offers.services.activation.settle_transaction import SettleTransaction

logger = logging.getLogger(__name__)

NOT_ACTIVATED = Refused("not_activated", "The provider could not activate the service.")


@dataclass(frozen=True)
class ResolveTransaction:
    """Never refunds on a guess:

    only on a definite "not activated", asked while holding the claim, so that no worker can be
    trying at the same time.
    """

    claim: ClaimTransaction
    provisioning: Provisioning
    settle: SettleTransaction
    clock: Clock

    def __call__(self, transaction_id: TransactionId) -> Step:
        """Raises TransactionNotFound or StoreUnavailable."""
        try:
            claimed = self.claim(transaction_id, QUIET)
        except TransactionAlreadySettled:
            return Step(Progress.SETTLED_BEFORE)
        except TransactionLeased as leased:
            return self.leased(leased)
        match self.provisioning.find(transaction_id):
            case Activated() as activated:
                return self._settle(claimed, activated)
            case NotActivated():
                return self._settle(claimed, NOT_ACTIVATED)
            case InProgress():
                return self._flag(claimed, "the provisioning system is still on it")
            case Unknown(cause=cause):
                return self._flag(claimed, f"the provisioning system does not say: {cause}")

    def leased(self, leased: TransactionLeased) -> Step:
        """Somebody else is on it: look again when they must be done."""
        seconds = (leased.until - self.clock()).total_seconds()
        return Step(Progress.LEASED, retry_after_seconds=max(1, round(seconds)))

    def _settle(self, claimed: Claimed, verdict: Verdict) -> Step:
        try:
            return step_of(self.settle(claimed, verdict))
        except StoreUnavailable:
            raise
        except Exception as failure:  # noqa: BLE001  # logged, and a person is called
            return self.call_a_person(claimed, failure)

    def call_a_person(self, claimed: Claimed, failure: Exception) -> Step:
        """What cannot be recorded, however often it is tried, is for a person to see."""
        logger.error(
            "not settled", exc_info=failure, extra={"transaction_id": str(claimed.transaction.id)}
        )
        return self._flag(claimed, f"its outcome cannot be recorded: {type(failure).__name__}")

    def _flag(self, claimed: Claimed, reason: str) -> Step:
        flagged = self.claim.flag(claimed.transaction, reason)
        if flagged is None:
            return Step(Progress.SUPERSEDED)
        return Step(Progress.FLAGGED, flagged)
