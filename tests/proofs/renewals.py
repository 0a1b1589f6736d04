"""Subscriptions that run, end and are renewed in a world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.subscription import SubscriptionStatus
from tests.fakes.clock import START

if TYPE_CHECKING:
    from offers.domain.ids import SubscriptionId
    from offers.domain.offer import Offer
    from offers.domain.subscription import Subscription
    from offers.domain.user import User
    from tests.proofs.world import World
    from tests.seed import Seed


def a_running_subscription(
    world: World, seed: Seed, balance: str = "500.00"
) -> tuple[User, Offer, SubscriptionId]:
    """Somebody's active subscription."""
    user, offer = seed.a_customer(balance), seed.an_offer("10.00", valid_from=START)
    transaction = world.activate(user.id, offer.id).transaction
    world.drain()
    return user, offer, transaction.subscription_id


def subscription_of(world: World, user: User) -> Subscription:
    """The user's latest one."""
    from offers.ports.pages import PageRequest

    with world.store.reading() as store:
        return store.subscriptions.page(user.id, None, PageRequest(1)).items[0].subscription


def expire(world: World, subscription_id: SubscriptionId) -> None:
    """What the sweep does at the end of a period: never while a renewal is open."""
    with world.store.unit_of_work() as work:
        subscription = work.subscriptions.lock(subscription_id)
        if subscription.status is not SubscriptionStatus.ACTIVE or not subscription.expires_at:
            return
        is_over = subscription.expires_at <= world.clock()
        if is_over and not work.renewals.has_open_renewal(subscription_id):
            work.subscriptions.save(subscription.expire(world.clock()))
