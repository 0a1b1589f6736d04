"""POST /admin/partners/{id}/credits."""

from uuid import UUID

from offers.domain.errors import (
    CurrencyMismatch,
    InsufficientBalance,
    InvalidMoney,
    PartnerNotFound,
)
from offers.domain.ids import PartnerId
from offers.entrypoints import administration, credit_answers, rest
from offers.entrypoints.schemas.admin_users import (
    CreditDocument,
    MoveCreditRequest,
    credit_order,
)
from offers.wiring import administration as wiring

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
    moved = wiring.move_credit().of_partner(
        administration.admin_id(),
        PartnerId(partner_id),
        credit_order(body),
        rest.idempotency_key(),
    )
    return credit_answers.moved_credit(moved, f"/api/v1/admin/partners/{partner_id}")


handler = rest.handler(app)
