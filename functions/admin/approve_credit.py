"""POST /admin/credits/{id}/approve."""

from functools import partial
from uuid import UUID

from offers.domain.errors.ledger import (
    AlreadyCredited,
    CreditRequestNotFound,
    CreditRequestSettled,
    InsufficientBalance,
    SecondAdministratorNeeded,
)
from offers.domain.ids import CreditRequestId
from offers.entrypoints.http import administration, crediting, rest
from offers.entrypoints.http.schemas.admin.ledger import CreditRequestDocument, DecideCreditRequest
from offers.services.ledger.decide_credit import CreditVerdict, DecideCredit
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/credits/<credit_id>/approve")
@rest.documents(
    {200: CreditRequestDocument},
    CreditRequestNotFound,
    CreditRequestSettled,
    SecondAdministratorNeeded,
    AlreadyCredited,
    InsufficientBalance,
)
def approve_credit(credit_id: UUID, body: DecideCreditRequest) -> rest.Answer:
    """Credit the account, as another administrator asked for.

    Not for who asked for it, nor for whom it is. The same decision again is answered with the same
    credit; another one is a conflict.
    """
    verdict = CreditVerdict(is_approved=True, reason=body.reason)
    request_id = CreditRequestId(credit_id)
    decide = partial(make(DecideCredit), administration.admin_id(), request_id, verdict)
    return crediting.decided(decide)


handler = rest.handler(app)
