"""POST /admin/users/{id}/credits."""

from uuid import UUID

from offers.domain.errors import (
    CurrencyMismatch,
    InsufficientBalance,
    InvalidMoney,
    UserNotFound,
)
from offers.domain.ids import UserId
from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.admin_users import (
    CreditDocument,
    MoveCreditRequest,
    credit_document,
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
    answer = rest.created(
        credit_document(user_id, moved.entry), location=f"/api/v1/admin/users/{user_id}"
    )
    if moved.is_replay:
        answer.headers["Idempotent-Replayed"] = "true"
    return answer


handler = rest.handler(app)
