"""A partner's own orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId
    from offers.domain.transaction import Transaction
    from offers.ports.store import Reading


@dataclass(frozen=True)
class ValidateReference:
    """Whether a reference is one that we gave to this partner, and what became of the order."""

    reading: Reading

    def __call__(self, partner_id: PartnerId, reference: str) -> Transaction:
        """Raises ReferenceNotFound (also for another partner's) or StoreUnavailable."""
        with self.reading() as store:
            return store.partner_orders.of_reference(partner_id, reference)
