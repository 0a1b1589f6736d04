"""POST /admin/users/{id}/credits."""

from uuid import UUID

from offers.domain.errors import (
    CurrencyMismatch,
    InsufficientBalance,
    InvalidMoney,
    UserNotFound,
)
from offers.domain.ids import UserId
from offers.entrypoints import administration, credit_answers, rest
from offers.entrypoints.schemas.admin_users import (
    CreditDocument,
    MoveCreditRequest,
    credit_order,
)
from offers.wiring import administration as wiring

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
    moved = wiring.move_credit()(
        administration.admin_id(), UserId(user_id), credit_order(body), rest.idempotency_key()
    )
    return credit_answers.moved_credit(moved, f"/api/v1/admin/users/{user_id}")


handler = rest.handler(app)
