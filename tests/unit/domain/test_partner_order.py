"""Orders: the price is checked, and the same order is recognised."""

from __future__ import annotations

import pytest

from offers.domain.errors.money import InvalidMoney
from offers.domain.errors.partners import AmountMismatch, PartnerReferenceReused
from tests.factories import a_customer, an_offer, money, new_id
from tests.partner_factories import a_partner, a_partner_purchase, an_order


def test_the_amount_is_the_offers_price_in_its_currency() -> None:
    user, offer = a_customer(), an_offer("29.90")

    an_order(user, offer).require_price(offer.price)
    an_order(user, offer, amount="29.9", currency="EUR").require_price(offer.price)
    for wrong in ({"amount": "29.91"}, {"currency": "USD"}, {"amount": "0"}):
        with pytest.raises(AmountMismatch):
            an_order(user, offer, **wrong).require_price(offer.price)


def test_an_amount_has_the_digits_of_its_currency() -> None:
    user, offer = a_customer(), an_offer("29.99")

    with pytest.raises(InvalidMoney):
        an_order(user, offer, amount="29.999").require_price(offer.price)


@pytest.mark.parametrize("change", [{"user_id": new_id()}, {"offer_id": new_id()}])
def test_another_order_under_the_same_reference_is_noticed(change: dict[str, object]) -> None:
    earlier = a_partner_purchase(a_partner()).transaction
    same = {"user_id": earlier.user_id, "offer_id": earlier.offer_id}
    amount = earlier.amount.amount

    an_order(a_customer(), an_offer(), amount=amount, **same).require_same_as(earlier)
    with pytest.raises(PartnerReferenceReused):
        an_order(a_customer(), an_offer(), amount=amount, **(same | change)).require_same_as(
            earlier
        )
    with pytest.raises(PartnerReferenceReused):
        an_order(a_customer(), an_offer(), amount="1.00", **same).require_same_as(earlier)
    assert earlier.amount != money("1.00")
