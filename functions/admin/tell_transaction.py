"""GET /admin/transactions/{id}."""

from uuid import UUID

from offers.domain.errors.activation import TransactionNotFound
from offers.domain.ids import TransactionId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.activation import StoryDocument, story_document
from offers.services.activation.views import TellTransaction
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/transactions/<transaction_id>")
@rest.documents({200: StoryDocument}, TransactionNotFound)
def tell_transaction(transaction_id: UUID) -> rest.Answer:
    """A transaction's whole story, in time order: tries, ledger entries, messages, emails,
    webhooks, and what operators did.
    """
    admin_id = administration.admin_id()
    view, events = make(TellTransaction)(admin_id, TransactionId(transaction_id))
    return rest.ok(story_document(view, events))


handler = rest.handler(app)
