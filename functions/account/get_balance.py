"""GET /account/balance."""

from offers import wiring
from offers.entrypoints import rest
from offers.entrypoints.schemas.account import BalanceDocument, balance_document

app = rest.app("account")


@app.get("/api/v1/account/balance")
@rest.documents({200: BalanceDocument})
def get_balance() -> rest.Answer:
    """The caller's prepaid balance."""
    return rest.ok(balance_document(wiring.get_balance()(rest.caller().user_id)))


handler = rest.handler(app)
