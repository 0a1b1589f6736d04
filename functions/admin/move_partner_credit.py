"""POST /admin/partners/{id}/credits."""

from functools import partial
from uuid import UUID

from offers.domain.errors.ledger import AlreadyCredited, CreditRequested, InsufficientBalance
from offers.domain.errors.money import CurrencyMismatch, InvalidMoney
from offers.domain.errors.partners import PartnerNotFound
from offers.domain.ids import PartnerId
from offers.entrypoints.http import administration, crediting, rest
from offers.entrypoints.http.schemas.admin.ledger import (
    CreditDocument,
    CreditRequestDocument,
    MoveCreditRequest,
    credit_order,
)
from offers.services.ledger.move_credit import MoveCredit
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/partners/<partner_id>/credits")
@rest.documents(
    {201: CreditDocument, 202: CreditRequestDocument},
    PartnerNotFound,
    AlreadyCredited,
    CreditRequested,
    InvalidMoney,
    CurrencyMismatch,
    InsufficientBalance,
    idempotent=True,
)
def move_partner_credit(partner_id: UUID, body: MoveCreditRequest) -> rest.Answer:
    """Record what a partner paid, or adjust its account; it cannot go below its credit limit.

    An `external_reference` is credited once, for ever and on whatever account: 409
    `already_credited` has the `entry` that came first.

    Money to oneself, and an amount above what this stage lets one administrator credit alone, waits
    for a second one: 202 with what waits (`/admin/credits`).
    """
    move = partial(
        make(MoveCredit).of_partner,
        administration.admin_id(),
        PartnerId(partner_id),
        credit_order(body),
        rest.idempotency_key(),
    )
    return crediting.answer(move, location=f"/api/v1/admin/partners/{partner_id}")


handler = rest.handler(app)
