"""GET /activation/status/{id}."""

from uuid import UUID

from offers.domain.errors.activation import TransactionNotFound
from offers.domain.ids import TransactionId
from offers.entrypoints.http import activation, rest
from offers.entrypoints.http.schemas.activation import StatusDocument, WaitSeconds, status_document
from offers.services.activation.get_transaction_status import GetTransactionStatus
from offers.wiring import make

app = rest.app("activation")


@app.get("/api/v1/activation/status/<transaction_id>")
@rest.documents({200: StatusDocument}, TransactionNotFound, conditional=True)
def get_activation_status(transaction_id: UUID, wait: WaitSeconds = 0) -> rest.Answer:
    """Where a transaction stands; with `wait`, as soon as it has ended, or with `If-None-Match` as
    soon as that names another state.

    Two requests of a user may wait at once, and a limited number in all; beyond that the answer
    comes at once.
    """
    transaction = make(GetTransactionStatus).wait(
        rest.caller().user_id,
        TransactionId(transaction_id),
        lambda current: rest.is_no_news(rest.entity_tag(current.version)),
        wait,
    )
    return rest.ok(
        status_document(transaction),
        etag=rest.entity_tag(transaction.version),
        retry_after_seconds=activation.poll_after(transaction),
    )


handler = rest.handler(app)
