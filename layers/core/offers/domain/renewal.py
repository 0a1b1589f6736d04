"""Automatic renewal: when it is tried, what it may cost, and when the service ends without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SubscriptionId
    from offers.domain.money import Money
    from offers.domain.offer import Offer
    from offers.domain.subscription import Subscription

RETRY_EVERY = timedelta(days=1)
SHORTEST_LEAD_SHARE = 4
"""A short offer renews in the last quarter of its period at the earliest, so that a daily one is
not paid for two days at once."""


@dataclass(frozen=True, slots=True)
class RenewalRules:
    """``lead``: how long before the end renewal is first tried. ``grace``: how long after the end
    the service of a customer who wants renewal stays on while it is tried again.
    """

    lead: timedelta
    grace: timedelta

    def lead_of(self, offer: Offer) -> timedelta:
        """The lead for this offer."""
        return min(self.lead, timedelta(days=offer.duration_days) / SHORTEST_LEAD_SHARE)


@dataclass(frozen=True, slots=True)
class Renewal:
    """What was promised and tried about the renewal of one period, which ends at ``period_end``."""

    subscription_id: SubscriptionId
    period_end: datetime
    announced: Money | None = None
    tries: int = 0
    next_try_at: datetime | None = None

    def announce(self, price: Money) -> Renewal:
        """Promise ``price``, unless a lower one was promised before."""
        return replace(self, announced=self.promised(price))

    def promised(self, price: Money) -> Money:
        """``price``, or what was announced for this period if that is lower."""
        return price if self.announced is None else lower(price, self.announced)

    def automatic_price(self, subscription: Subscription, offer: Offer) -> Money:
        """What may be charged without asking: never more than was announced, and never more than
        last time if nothing was.
        """
        return lower(offer.price, self.announced or subscription.price)

    def first_or_next_try(self, offer: Offer, rules: RenewalRules) -> datetime:
        """When automatic renewal is tried."""
        return self.next_try_at or self.period_end - rules.lead_of(offer)

    def is_due(
        self, subscription: Subscription, offer: Offer, rules: RenewalRules, at: datetime
    ) -> bool:
        """Whether to try now. The first try is made even if every run until the end of grace was
        missed: that is not the customer's fault.
        """
        if not subscription.auto_renew or at < self.first_or_next_try(offer, rules):
            return False
        return self.next_try_at is None or at < self.period_end + rules.grace

    def tried(self, at: datetime) -> Renewal:
        """One more try was made; the next is a day later."""
        return replace(self, tries=self.tries + 1, next_try_at=at + RETRY_EVERY)

    def has_run_out(self, subscription: Subscription, rules: RenewalRules, at: datetime) -> bool:
        """Whether the service ends: at the period's end, or, where renewal is wanted and was tried,
        when grace is over.
        """
        if not subscription.auto_renew:
            return self.period_end <= at
        return self.tries > 0 and self.period_end + rules.grace <= at


def lower(price: Money, limit: Money) -> Money:
    """The lower of two prices; ``price`` if they are in different currencies, which the account
    then refuses.
    """
    return limit if limit.currency == price.currency and limit < price else price
