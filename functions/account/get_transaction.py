"""GET /account/transactions/{id}."""

from uuid import UUID

from offers import wiring
from offers.domain.errors import TransactionNotFound
from offers.domain.ids import TransactionId
from offers.entrypoints import rest
from offers.entrypoints.schemas.account import TransactionDocument, transaction_document

app = rest.app("account")


@app.get("/api/v1/account/transactions/<transaction_id>")
@rest.documents({200: TransactionDocument}, TransactionNotFound, conditional=True)
def get_transaction(transaction_id: UUID) -> rest.Answer:
    """One of the caller's transactions."""
    transaction = wiring.get_transaction()(rest.caller().user_id, TransactionId(transaction_id))
    return rest.ok(transaction_document(transaction), etag=rest.entity_tag(transaction.version))


handler = rest.handler(app)
