"""POST /admin/users/{id}/credits."""

from functools import partial
from uuid import UUID

from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.ledger import AlreadyCredited, CreditRequested, InsufficientBalance
from offers.domain.errors.money import CurrencyMismatch, InvalidMoney
from offers.domain.ids import UserId
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


@app.post("/api/v1/admin/users/<user_id>/credits")
@rest.documents(
    {201: CreditDocument, 202: CreditRequestDocument},
    UserNotFound,
    AlreadyCredited,
    CreditRequested,
    InvalidMoney,
    CurrencyMismatch,
    InsufficientBalance,
    idempotent=True,
)
def move_credit(user_id: UUID, body: MoveCreditRequest) -> rest.Answer:
    """Top up a user's balance, or adjust it by a signed amount; it cannot be overdrawn.

    An `external_reference` is credited once, for ever and on whatever account: 409
    `already_credited` has the `entry` that came first.

    Money to oneself, and an amount above what this stage lets one administrator credit alone, waits
    for a second one: 202 with what waits (`/admin/credits`).
    """
    move = partial(
        make(MoveCredit),
        administration.admin_id(),
        UserId(user_id),
        credit_order(body),
        rest.idempotency_key(),
    )
    return crediting.answer(move, location=f"/api/v1/admin/users/{user_id}")


handler = rest.handler(app)
