"""What emails about a renewal say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offers.domain.offer import OfferStatus

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.money import Money
    from offers.domain.offer import Offer
    from offers.domain.renewal import Renewal
    from offers.domain.subscription import Subscription


def reminder_facts(
    subscription: Subscription,
    offer: Offer,
    renewal: Renewal,
    charge_at: datetime,
    balance: Money,
) -> dict[str, Any]:
    """``price`` is what renewal costs; ``charge_at`` when automatic renewal takes it."""
    price = renewal.promised(offer.price)
    return {
        "offer": offer,
        "subscription": subscription,
        "price": price,
        "old_price": subscription.price,
        "balance": balance,
        "missing": missing(price, balance),
        "charge_at": charge_at,
        "can_renew": offer.status is not OfferStatus.DRAFT,
    }


def missing(price: Money, balance: Money) -> Money | None:
    """What must be paid in first; None if the balance suffices (or is kept in another currency,
    in which nothing can be said).
    """
    if price.currency != balance.currency or not balance < price:
        return None
    return price - balance
