"""POST /admin/users/{id}/credits."""

from functools import partial
from uuid import UUID

from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.ledger import AlreadyCredited, InsufficientBalance
from offers.domain.errors.money import CurrencyMismatch, InvalidMoney
from offers.domain.ids import UserId
from offers.entrypoints.http import administration, crediting, rest
from offers.entrypoints.http.schemas.admin.ledger import (
    CreditDocument,
    MoveCreditRequest,
    credit_order,
)
from offers.services.ledger.move_credit import MoveCredit
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/users/<user_id>/credits")
@rest.documents(
    {201: CreditDocument},
    UserNotFound,
    AlreadyCredited,
    InvalidMoney,
    CurrencyMismatch,
    InsufficientBalance,
    idempotent=True,
)
def move_credit(user_id: UUID, body: MoveCreditRequest) -> rest.Answer:
    """Top up a user's balance, or adjust it by a signed amount; it cannot be overdrawn.

    An `external_reference` is credited once, for ever and on whatever account: 409
    `already_credited` has the `entry` that came first.
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
