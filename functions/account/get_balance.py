"""GET /account/balance."""

from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.ledger import BalanceDocument, balance_document
from offers.services.ledger.views import GetBalance
from offers.wiring import make

app = rest.app("account")


@app.get("/api/v1/account/balance")
@rest.documents({200: BalanceDocument})
def get_balance() -> rest.Answer:
    """The caller's prepaid balance."""
    return rest.ok(balance_document(make(GetBalance)(rest.caller().user_id)))


handler = rest.handler(app)
