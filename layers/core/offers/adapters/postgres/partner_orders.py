"""Partners' transactions by reference, in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from offers.adapters.postgres.tables import transactions
from offers.adapters.postgres.transaction_rows import transaction_of
from offers.domain.errors import ReferenceNotFound

if TYPE_CHECKING:
    from offers.adapters.postgres.statements import Statements
    from offers.domain.ids import PartnerId
    from offers.domain.transaction import Transaction

# Both are look-ups in a unique index, without an order that could tempt the planner elsewhere.
_OF_PARTNER = select(transactions).where(transactions.c.partner_id == bindparam("partner_id"))
_FIND = _OF_PARTNER.where(
    transactions.c.partner_reference
    == bindparam("partner_reference", type_=transactions.c.partner_reference.type)
)
_OF_REFERENCE = _OF_PARTNER.where(
    transactions.c.reference == bindparam("reference", type_=transactions.c.reference.type)
)


@dataclass(frozen=True, slots=True)
class PostgresPartnerOrders:
    """Keeps the promises of offers.ports.partner_orders.PartnerOrders."""

    statements: Statements

    def find(self, partner_id: PartnerId, partner_reference: str) -> Transaction | None:
        asked = {"partner_id": partner_id, "partner_reference": partner_reference}
        row = self.statements.first(_FIND, asked)
        return None if row is None else transaction_of(row)

    def of_reference(self, partner_id: PartnerId, reference: str) -> Transaction:
        asked = {"partner_id": partner_id, "reference": reference}
        row = self.statements.first(_OF_REFERENCE, asked)
        if row is None:
            raise ReferenceNotFound
        return transaction_of(row)
