"""What a deactivated customer can no longer do, and what they are still told (ADR 0092)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.subscriptions import SubscriptionNotFound
from offers.domain.subscription import SubscriptionStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ids import SubscriptionId
    from offers.domain.user import User
    from tests.integration.worlds.subscriptions import World

pytestmark = pytest.mark.integration

REQUESTS: dict[str, Callable[[World, User, SubscriptionId], object]] = {
    "auto-renewal on": lambda world, user, it: world.set_auto_renew(user.id, it, auto_renew=True),
    "auto-renewal off": lambda world, user, it: world.set_auto_renew(user.id, it, auto_renew=False),
    "cancel": lambda world, user, it: world.cancel(user.id, it),
    "renew": lambda world, user, it: world.renew(user.id, it),
    "activate": lambda world, user, _: world.activate(user.id, world.seed.an_offer("1.00").id),
}


def deactivate(world: World, user: User) -> None:
    with world.seed.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE users SET is_active = false WHERE id = %s", (str(user.id),)
        )


@pytest.mark.parametrize("request_", REQUESTS)
def test_nothing_is_changed_for_them(world: World, request_: str) -> None:
    user = world.seed.a_customer("100.00")
    subscription = world.subscribe(user, world.seed.an_offer("29.99"))
    before, balance = world.subscription(subscription), world.balance(user.id)
    deactivate(world, user)

    with pytest.raises((UserNotFound, SubscriptionNotFound)):
        REQUESTS[request_](world, user, subscription)

    assert (world.subscription(subscription), world.balance(user.id)) == (before, balance)


def test_they_are_told_of_the_end_but_not_asked_to_renew(world: World) -> None:
    user, other = world.seed.a_customer("100.00"), world.seed.a_customer("100.00")
    offer = world.seed.an_offer("29.99")
    ended = [world.subscribe(each, offer) for each in (user, other)]
    deactivate(world, user)
    world.clock.now += timedelta(days=34)
    world.sweep()

    assert {world.subscription(each).status for each in ended} == {SubscriptionStatus.EXPIRED}
    told, invited = (world.emails(each)[-1].text for each in (user, other))
    assert "has ended" in told
    assert ("Renew" in told, "Renew" in invited) == (False, True)
