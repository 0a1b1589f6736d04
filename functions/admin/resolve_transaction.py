"""POST /admin/transactions/{id}/resolve."""

from uuid import UUID

from offers.domain.errors import (
    TransactionAlreadySettled,
    TransactionLeased,
    TransactionNotFound,
)
from offers.domain.ids import TransactionId
from offers.entrypoints import administration, pipeline, rest, telemetry
from offers.entrypoints.schemas.operations import (
    AdminTransactionDocument,
    ResolveRequest,
    admin_transaction_document,
    operator_verdict,
)
from offers.services.progress import step_of
from offers.wiring import administration as wiring

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
    settlement = wiring.resolve_by_operator()(
        administration.admin_id(), TransactionId(transaction_id), operator_verdict(body)
    )
    pipeline.tally([step_of(settlement)])
    return rest.ok(admin_transaction_document(settlement.transaction))


handler = rest.handler(app)
