"""End a service outside, however often and with however little certainty that has to be tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.backoff import delay_seconds
from offers.domain.deactivation import Deactivation, DeactivationStatus
from offers.domain.due_task import SubscriptionStep
from offers.domain.outcome import Done, NotDone, Refused, Unknown
from offers.domain.subscription import SubscriptionStatus
from offers.domain.waiting import WHILE_RENEWING
from offers.ports.outside.provisioning import OrderKind, ProvisioningOrder

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SubscriptionId
    from offers.domain.outcome import Ending
    from offers.domain.subscription import Subscription
    from offers.ports.chance import Chance
    from offers.ports.clock import Clock
    from offers.ports.outside.provisioning import Provisioning
    from offers.ports.store.work import UnitOfWork, Work

FIRST_DELAY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class _Claimed:
    deactivation: Deactivation
    order: ProvisioningOrder


@dataclass(frozen=True)
class DeactivateService:
    """Claims, asks while holding no lock, records. The operation id is the same on every try."""

    unit_of_work: UnitOfWork
    provisioning: Provisioning
    clock: Clock
    chance: Chance

    def __call__(self, subscription_id: SubscriptionId) -> SubscriptionStep:
        """Raises SubscriptionNotFound or StoreUnavailable; the claim then runs out by itself."""
        with self.unit_of_work() as work:
            claimed = self._claim(work, subscription_id, self.clock())
        if isinstance(claimed, SubscriptionStep):
            return claimed
        outcome = self.provisioning.deactivate(claimed.order)
        at = self.clock()
        with self.unit_of_work() as work:
            current = work.renewals.lock_deactivation(subscription_id)
            if current is None or not _may_record(current, claimed.deactivation, outcome):
                return SubscriptionStep.SUPERSEDED
            seconds = delay_seconds(current.attempts, self.chance(), FIRST_DELAY_SECONDS)
            after = _after(current, outcome, timedelta(seconds=seconds), at)
            work.renewals.save_deactivation(after)
        return _step(after)

    def _claim(
        self, work: Work, subscription_id: SubscriptionId, at: datetime
    ) -> _Claimed | SubscriptionStep:
        subscription = work.subscriptions.lock(subscription_id)
        deactivation = work.renewals.lock_deactivation(subscription_id)
        if deactivation is None or not deactivation.is_due(at):
            return SubscriptionStep.NOTHING_DUE
        if subscription.status is SubscriptionStatus.ACTIVE:
            superseded = deactivation.end(DeactivationStatus.SUPERSEDED, at)
            work.renewals.save_deactivation(superseded)
            return SubscriptionStep.SUPERSEDED
        if subscription.status is SubscriptionStatus.PENDING:
            waiting = deactivation.postpone(at, WHILE_RENEWING, "a renewal is on its way")
            work.renewals.save_deactivation(waiting)
            return SubscriptionStep.POSTPONED
        held = deactivation.claim(at)
        work.renewals.save_deactivation(held)
        code = work.offers.get(subscription.offer_id).code
        return _Claimed(held, _order(held, subscription, code))


def _order(held: Deactivation, subscription: Subscription, offer_code: str) -> ProvisioningOrder:
    return ProvisioningOrder(
        operation_id=held.operation_id,
        user_id=subscription.user_id,
        offer_code=offer_code,
        kind=OrderKind.DEACTIVATION,
        expires_at=subscription.expires_at or held.created_at,
    )


def _may_record(current: Deactivation, claimed: Deactivation, outcome: Ending) -> bool:
    """That it was done is true whoever holds the claim; all else is for the holder to say."""
    if current.operation_id != claimed.operation_id:
        return False
    return isinstance(outcome, Done) or current == claimed


def _after(current: Deactivation, outcome: Ending, delay: timedelta, at: datetime) -> Deactivation:
    match outcome:
        case Done():
            return current.end(DeactivationStatus.DONE, at)
        case Refused(code=code, reason=reason):
            return current.end(DeactivationStatus.REFUSED, at, f"{code}: {reason}")
        case NotDone(retry_after_seconds=seconds, cause=cause):
            return current.postpone(at, max(delay, timedelta(seconds=seconds)), cause)
        case Unknown(cause=cause):
            return current.postpone(at, delay, cause)


def _step(after: Deactivation) -> SubscriptionStep:
    if after.status is DeactivationStatus.DONE:
        return SubscriptionStep.DEACTIVATED
    return SubscriptionStep.FLAGGED if after.attention_reason else SubscriptionStep.POSTPONED
