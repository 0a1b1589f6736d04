"""Which period a customer means who says "renew": so that one intention is paid once, however often
and at whatever distance it is sent.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from offers.domain.errors.subscriptions import SubscriptionChanged
from offers.domain.transaction import TransactionKind

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.subscription import Subscription
    from offers.domain.transaction import Transaction

SAME_INTENTION = timedelta(days=1)
"""How long after a renewal another that names no period counts as the same one: as long as an
Idempotency-Key is kept. No period is shorter.
"""

PRECISION = timedelta(seconds=1)
"""Clients may drop the fractions of a second."""


def require_period_named(subscription: Subscription, seen_end: datetime) -> None:
    """Raise SubscriptionChanged unless the subscription still ends when its owner saw that it
    ends.
    """
    ends = subscription.expires_at
    if ends is not None and not -PRECISION < ends - seen_end < PRECISION:
        raise SubscriptionChanged(ends)


def require_next_period(
    subscription: Subscription, latest: Transaction | None, at: datetime
) -> None:
    """Raise SubscriptionChanged if the ``latest`` purchase was a renewal that this one, which names
    no period, may be a repetition of: its period has not begun, or it was made within the last day.
    """
    ends = subscription.expires_at
    if ends is None or latest is None or latest.kind is not TransactionKind.RENEWAL:
        return
    begins = ends - timedelta(days=latest.duration_days)
    if at < max(begins, (latest.completed_at or at) + SAME_INTENTION):
        raise SubscriptionChanged(ends)
