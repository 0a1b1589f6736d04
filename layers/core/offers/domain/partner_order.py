"""What a partner asks for, and whether a second request is the first one again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.partners import AmountMismatch, PartnerReferenceReused
from offers.domain.money import Money

if TYPE_CHECKING:
    from offers.domain.ids import OfferId, UserId
    from offers.domain.transaction import Transaction


@dataclass(frozen=True, slots=True)
class PartnerOrder:
    """An offer for a customer, at the price the partner thinks it has.

    Without a ``currency`` the amount is meant in the offer's.
    """

    user_id: UserId
    offer_id: OfferId
    amount: str
    currency: str | None = None
    partner_reference: str | None = None

    def require_price(self, price: Money) -> None:
        """Raise AmountMismatch unless this is the price, or InvalidMoney if it is no amount."""
        if self._money(price) != price:
            raise AmountMismatch(price)

    def require_same_as(self, earlier: Transaction) -> None:
        """Raise PartnerReferenceReused unless ``earlier`` is what this order led to before."""
        asked = (self.user_id, self.offer_id, self._money(earlier.amount))
        if asked != (earlier.user_id, earlier.offer_id, earlier.amount):
            raise PartnerReferenceReused

    def _money(self, like: Money) -> Money:
        return Money.of(self.amount, self.currency or like.currency)
