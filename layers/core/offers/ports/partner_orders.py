"""What a partner ordered: the transactions of one partner, by its own and by our reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId
    from offers.domain.transaction import Transaction


class PartnerOrders(Protocol):
    """Never shows one partner what another ordered."""

    def find(self, partner_id: PartnerId, partner_reference: str) -> Transaction | None:
        """The order that the partner gave this reference, if it gave it to any."""

    def of_reference(self, partner_id: PartnerId, reference: str) -> Transaction:
        """The order we gave this reference.

        Raise ReferenceNotFound for an unknown one and for another partner's, which look the same
        and cost the same.
        """
