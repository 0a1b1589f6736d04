"""POST /admin/transactions/{id}/resolve."""

from uuid import UUID

from offers.domain.errors.activation import (
    TransactionAlreadySettled,
    TransactionLeased,
    TransactionNotFound,
)
from offers.domain.ids import TransactionId
from offers.entrypoints import telemetry
from offers.entrypoints.events import activation
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.activation import (
    AdminTransactionDocument,
    ResolveRequest,
    admin_transaction_document,
    operator_verdict,
)
from offers.services.activation.progress import step_of
from offers.services.activation.resolve_by_operator import ResolveByOperator
from offers.services.activation.views import TellTransaction
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/transactions/<transaction_id>/resolve")
@rest.documents(
    {200: AdminTransactionDocument},
    TransactionNotFound,
    TransactionAlreadySettled,
    TransactionLeased,
)
def resolve_transaction(transaction_id: UUID, body: ResolveRequest) -> rest.Answer:
    """Settle a transaction that is flagged, or that nothing has happened to for a while.

    `activated` starts the service, `not_activated` refunds. The same outcome again is answered with
    the same transaction; the opposite one is a conflict.
    """
    telemetry.about_transaction(transaction_id)
    admin_id, settled_id = administration.admin_id(), TransactionId(transaction_id)
    settlement = make(ResolveByOperator)(admin_id, settled_id, operator_verdict(body))
    activation.tally([step_of(settlement)])
    view, _ = make(TellTransaction)(admin_id, settled_id)
    return rest.ok(admin_transaction_document(view))


handler = rest.handler(app)
