"""How a transaction ends: what becomes of it, of its subscription and of the customer's balance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.outcome import Activated, Refused
from offers.domain.subscription import SubscriptionStatus
from offers.domain.transaction import Channel, Failure, TransactionKind

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.money import Money
    from offers.domain.subscription import Subscription
    from offers.domain.transaction import Transaction

Verdict = Activated | Refused
"""The definite outcomes."""


@dataclass(frozen=True, slots=True)
class Ending:
    """All that is told of it; ``balance`` is the customer's, who pays in the channel ``client``."""

    transaction: Transaction
    subscription: Subscription
    balance: Money


def ending_of(
    transaction: Transaction,
    subscription: Subscription,
    balance: Money,
    verdict: Verdict,
    at: datetime,
) -> Ending:
    """What a verdict makes of all three. Raises TransactionAlreadySettled, SubscriptionTooLong or
    SubscriptionNotRenewable.
    """
    if isinstance(verdict, Activated):
        settled = transaction.succeed(verdict.reference, at)
        return Ending(settled, _started(subscription, settled, at), balance)
    failed = transaction.fail(Failure(verdict.code, verdict.reason), at)
    is_paid_back = failed.channel is Channel.CLIENT
    after = balance + failed.amount if is_paid_back else balance
    return Ending(failed, _not_started(subscription, at), after)


def _started(subscription: Subscription, settled: Transaction, at: datetime) -> Subscription:
    if settled.kind is TransactionKind.ACTIVATION:
        return subscription.activate(settled.duration_days, at)
    return subscription.extend(settled.duration_days, settled.amount, at, settled.created_at)


def _not_started(subscription: Subscription, at: datetime) -> Subscription:
    """A failed renewal leaves an active subscription as it was."""
    if subscription.status is SubscriptionStatus.PENDING:
        return subscription.fail(at)
    return subscription
