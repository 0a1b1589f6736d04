"""Who is subscribed to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import (
        OfferId,
        SubscriptionId,
        TransactionId,
        UserId,
    )
    from offers.domain.offer import Offer
    from offers.domain.subscription import Subscription, SubscriptionStatus
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A subscription as its owner sees it: with its offer and the last transaction on it."""

    subscription: Subscription
    offer: Offer
    transaction_id: TransactionId


class Subscriptions(Protocol):
    """At most one live one for a user and an offer."""

    def lock_for_user(self, subscription_id: SubscriptionId, user_id: UserId) -> Subscription:
        """Hold the row. Raise SubscriptionNotFound unless it exists, is this user's, and the user
        is active.
        """

    def get(self, subscription_id: SubscriptionId) -> Subscription:
        """Read without locking. Raise SubscriptionNotFound for an unknown id."""

    def lock(self, subscription_id: SubscriptionId) -> Subscription:
        """Hold the row. Raise SubscriptionNotFound for an unknown id."""

    def latest_renewable(self, user_id: UserId, offer_id: OfferId) -> SubscriptionId:
        """The user's subscription to an offer that is active or being renewed, else the most
        recently expired one; or SubscriptionNotFound.
        """

    def add(self, subscription: Subscription) -> None:
        """Raise AlreadySubscribed (now, or when the unit of work commits) if the user has a live
        one.
        """

    def save(self, subscription: Subscription) -> None:
        """Store a changed subscription. The status may move only as the domain allows."""

    def view(self, subscription_id: SubscriptionId) -> SubscriptionView:
        """One subscription as its owner sees it."""

    def page(
        self, user_id: UserId, status: SubscriptionStatus | None, request: PageRequest
    ) -> Page[SubscriptionView]:
        """The user's subscriptions, newest first."""

    def page_expiring(
        self, user_id: UserId, until: datetime, request: PageRequest
    ) -> Page[SubscriptionView]:
        """The user's active subscriptions that end by ``until``, soonest first."""
