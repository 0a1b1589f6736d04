"""POST /admin/credits/{id}/reject."""

from functools import partial
from uuid import UUID

from offers.domain.errors.ledger import (
    CreditRequestNotFound,
    CreditRequestSettled,
    SecondAdministratorNeeded,
)
from offers.domain.ids import CreditRequestId
from offers.entrypoints.http import administration, crediting, rest
from offers.entrypoints.http.schemas.admin.ledger import CreditRequestDocument, DecideCreditRequest
from offers.services.ledger.decide_credit import CreditVerdict, DecideCredit
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/credits/<credit_id>/reject")
@rest.documents(
    {200: CreditRequestDocument},
    CreditRequestNotFound,
    CreditRequestSettled,
    SecondAdministratorNeeded,
)
def reject_credit(credit_id: UUID, body: DecideCreditRequest) -> rest.Answer:
    """Refuse what another administrator wants to credit; its reference is free again.

    Not for who asked for it, nor for whom it is. The same decision again is answered with the same
    credit; another one is a conflict.
    """
    verdict = CreditVerdict(is_approved=False, reason=body.reason)
    request_id = CreditRequestId(credit_id)
    decide = partial(make(DecideCredit), administration.admin_id(), request_id, verdict)
    return crediting.decided(decide)


handler = rest.handler(app)
