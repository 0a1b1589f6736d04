"""GET /account/transactions/{id}."""

from uuid import UUID

from offers.domain.errors.activation import TransactionNotFound
from offers.domain.ids import TransactionId
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.activation import TransactionDocument, transaction_document
from offers.services.activation.views import GetTransaction
from offers.wiring import make

app = rest.app("account")


@app.get("/api/v1/account/transactions/<transaction_id>")
@rest.documents({200: TransactionDocument}, TransactionNotFound, conditional=True)
def get_transaction(transaction_id: UUID) -> rest.Answer:
    """One of the caller's transactions."""
    transaction = make(GetTransaction)(rest.caller().user_id, TransactionId(transaction_id))
    return rest.ok(transaction_document(transaction), etag=rest.entity_tag(transaction.version))


handler = rest.handler(app)
