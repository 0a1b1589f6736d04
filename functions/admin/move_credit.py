"""POST /admin/users/{id}/credits."""

from uuid import UUID

from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.money import CurrencyMismatch, InvalidMoney
from offers.domain.ids import UserId
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


@app.post("/api/v1/admin/users/<user_id>/credits")
@rest.documents(
    {201: CreditDocument},
    UserNotFound,
    InvalidMoney,
    CurrencyMismatch,
    InsufficientBalance,
    idempotent=True,
)
def move_credit(user_id: UUID, body: MoveCreditRequest) -> rest.Answer:
    """Top up a user's balance, or adjust it by a signed amount; it cannot be overdrawn."""
    moved = make(MoveCredit)(
        administration.admin_id(), UserId(user_id), credit_order(body), rest.idempotency_key()
    )
    return rest.created(
        credit_document(moved.entry),
        location=f"/api/v1/admin/users/{user_id}",
        is_replay=moved.is_replay,
    )


handler = rest.handler(app)
