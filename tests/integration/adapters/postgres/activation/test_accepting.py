"""What an accepted activation stores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.subscriptions import AlreadySubscribed
from tests.factories import money

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration


def test_a_purchase_is_stored_whole(seed: Seed, store: PostgresStore) -> None:
    user, offer = seed.a_customer("100.00"), seed.an_offer("29.99")

    purchase = seed.a_purchase(user, offer)

    with store.reading() as found:
        assert found.transactions.get(purchase.transaction.id) == purchase.transaction
        view = found.subscriptions.view(purchase.subscription.id)
        assert view.subscription == purchase.subscription
        assert view.offer == offer
        assert view.transaction_id == purchase.transaction.id
        assert found.accounts.of_user(user.id) == purchase.account
    assert seed.account_of(user).balance == money("70.01")


def test_second_live_subscription_is_refused_and_changes_nothing(
    seed: Seed, store: PostgresStore
) -> None:
    user, offer = seed.a_customer("100.00"), seed.an_offer("29.99")
    seed.a_purchase(user, offer)

    with pytest.raises(AlreadySubscribed):
        seed.a_purchase(user, offer)

    assert seed.account_of(user).balance == money("70.01")
