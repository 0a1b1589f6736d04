"""GET /admin/ledger/verification."""

from offers.entrypoints import administration, rest
from offers.entrypoints.schemas.operations import LedgerVerificationDocument
from offers.wiring import administration as wiring

app = administration.app()


@app.get("/api/v1/admin/ledger/verification")
@rest.documents({200: LedgerVerificationDocument})
def get_ledger_verification() -> rest.Answer:
    """The newest proof that every balance is explained; it is made every hour."""
    return rest.ok(wiring.latest_ledger_verification()(administration.admin_id()))


handler = rest.handler(app)
