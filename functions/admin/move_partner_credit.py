"""POST /admin/partners/{id}/credits."""

from uuid import UUID

from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.money import CurrencyMismatch, InvalidMoney
from offers.domain.errors.partners import PartnerNotFound
from offers.domain.ids import PartnerId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.ledger import (
    CreditDocument,
    MoveCreditRequest,
    credit_document,
    credit_order,
)
from offers.services.ledger.move_credit import MoveCredit
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/partners/<partner_id>/credits")
@rest.documents(
    {201: CreditDocument},
    PartnerNotFound,
    InvalidMoney,
    CurrencyMismatch,
    InsufficientBalance,
    idempotent=True,
)
def move_partner_credit(partner_id: UUID, body: MoveCreditRequest) -> rest.Answer:
    """Record what a partner paid, or adjust its account; it cannot go below its credit limit."""
    moved = make(MoveCredit).of_partner(
        administration.admin_id(),
        PartnerId(partner_id),
        credit_order(body),
        rest.idempotency_key(),
    )
    return rest.created(
        credit_document(moved.entry),
        location=f"/api/v1/admin/partners/{partner_id}",
        is_replay=moved.is_replay,
    )


handler = rest.handler(app)
