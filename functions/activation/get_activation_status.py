"""GET /activation/status/{id}."""

from uuid import UUID

from offers import wiring
from offers.domain.errors import TransactionNotFound
from offers.domain.ids import TransactionId
from offers.entrypoints import purchases, rest
from offers.entrypoints.schemas.activation import StatusDocument, WaitSeconds, status_document

app = rest.app("activation")


@app.get("/api/v1/activation/status/<transaction_id>")
@rest.documents({200: StatusDocument}, TransactionNotFound, conditional=True)
def get_activation_status(transaction_id: UUID, wait: WaitSeconds = 0) -> rest.Answer:
    """Where a transaction stands; with `wait`, as soon as that differs from `If-None-Match`."""
    transaction = wiring.get_transaction_status().wait(
        rest.caller().user_id,
        TransactionId(transaction_id),
        lambda current: rest.client_has(rest.entity_tag(current.version)),
        wait,
    )
    return rest.ok(
        status_document(transaction),
        etag=rest.entity_tag(transaction.version),
        retry_after_seconds=purchases.poll_after(transaction),
    )


handler = rest.handler(app)
