"""One intention to renew is paid once, whatever lies between two clicks, with or without a key."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.subscriptions import RenewalInProgress, SubscriptionChanged
from offers.domain.subscription import SubscriptionStatus
from offers.services.subscriptions.renew_subscription import LatestSubscriptionTo

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offers.domain.ids import SubscriptionId
    from offers.domain.offer import Offer
    from offers.domain.user import User
    from tests.integration.worlds.subscriptions import World

pytestmark = pytest.mark.integration
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
GAPS = (0, 0.3, 1, 3, 10)


class Customer:
    """One with a subscription of 30 days for 10.00, and money for 9 more."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.user: User = world.seed.a_customer("100.00")
        self.offer: Offer = world.seed.an_offer("10.00")
        self.id: SubscriptionId = world.subscribe(self.user, self.offer)

    @property
    def ends(self) -> datetime:
        end = self.world.subscription(self.id).expires_at
        assert end is not None
        return end

    @property
    def paid(self) -> int:
        """Periods paid for."""
        return (100_00 - self.world.balance(self.user.id)) // 10_00

    def renew(self, *, by_offer: bool = False, seen_end: datetime | None = None) -> None:
        target = LatestSubscriptionTo(self.offer.id) if by_offer else self.id
        self.world.renew(self.user.id, target, seen_end=seen_end)


def just_bought(customer: Customer) -> None:
    """Nothing has happened since."""


def in_its_last_second(customer: Customer) -> None:
    customer.world.clock.now = customer.ends - SECOND


def in_grace(customer: Customer) -> None:
    world = customer.world
    world.set_auto_renew(customer.user.id, customer.id, auto_renew=True)
    world.clock.now = customer.ends + DAY


def expired(customer: Customer) -> None:
    customer.world.clock.now = customer.ends + DAY
    customer.world.sweep()
    assert customer.world.subscription(customer.id).status is SubscriptionStatus.EXPIRED


STATES = (just_bought, in_its_last_second, in_grace, expired)


@pytest.mark.parametrize("names_period", [True, False], ids=["named", "unnamed"])
@pytest.mark.parametrize("by_offer", [False, True], ids=["by_id", "by_offer"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("succeeds_between", [True, False], ids=["succeeded", "open"])
def test_a_second_click_is_charged_once(
    world: World,
    state: Callable[[Customer], None],
    succeeds_between: bool,
    by_offer: bool,
    names_period: bool,
) -> None:
    for gap in GAPS:
        customer = Customer(world)
        state(customer)
        seen_end = customer.ends if names_period else None
        customer.renew(by_offer=by_offer, seen_end=seen_end)
        world.clock.advance(gap)
        if succeeds_between:
            world.process()
        for _ in range(2):
            with pytest.raises((SubscriptionChanged, RenewalInProgress)):
                customer.renew(by_offer=by_offer, seen_end=seen_end)
            world.clock.advance(gap)
        world.process()
        assert customer.paid == 2, gap


@pytest.mark.parametrize("state", STATES)
def test_another_period_is_bought_by_naming_the_new_end(
    world: World, state: Callable[[Customer], None]
) -> None:
    customer = Customer(world)
    state(customer)
    customer.renew(seen_end=customer.ends)
    world.process()
    once = customer.ends

    customer.renew(seen_end=once.replace(microsecond=0))  # as clients without fractions show it
    world.process()

    assert (customer.paid, customer.ends) == (3, once + 30 * DAY)


@pytest.mark.parametrize("seen", ["the old end", "nothing"])
@pytest.mark.parametrize("after_the_end", [False, True])
def test_a_click_beside_automatic_renewal_is_not_charged(
    world: World, after_the_end: bool, seen: str
) -> None:
    customer = Customer(world)
    world.set_auto_renew(customer.user.id, customer.id, auto_renew=True)
    shown = customer.ends
    world.clock.now = shown + (DAY if after_the_end else -DAY)
    world.sweep()
    assert customer.paid == 2

    for gap in GAPS:
        world.clock.advance(gap)
        with pytest.raises(SubscriptionChanged):
            customer.renew(seen_end=shown if seen == "the old end" else None)
    world.sweep()
    assert customer.paid == 2


def test_a_success_that_came_late_counts_from_when_it_came(world: World) -> None:
    customer = Customer(world)
    expired(customer)
    customer.renew()
    world.clock.now += 2 * DAY  # the provider was away
    world.process()
    world.clock.advance(5)

    with pytest.raises(SubscriptionChanged):
        customer.renew()


def test_without_a_name_the_next_period_is_bought_once_the_last_has_begun(world: World) -> None:
    customer = Customer(world)
    customer.renew()
    world.process()
    first_end = customer.ends - 30 * DAY
    world.clock.now = first_end - SECOND
    with pytest.raises(SubscriptionChanged):
        customer.renew()

    world.clock.now = first_end
    customer.renew()
    world.process()
    assert customer.paid == 3


def test_a_longer_period_bought_before_the_offer_was_shortened_can_go_on(world: World) -> None:
    customer = Customer(world)
    with world.seed.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE offers SET duration_days = 7")

    customer.renew()
    world.process()

    assert customer.paid == 2
