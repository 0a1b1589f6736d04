"""GET /admin/ledger/verification."""

from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.admin.ledger import LedgerVerificationDocument
from offers.services.ledger.views import LatestLedgerVerification
from offers.wiring import make

app = administration.app()


@app.get("/api/v1/admin/ledger/verification")
@rest.documents({200: LedgerVerificationDocument})
def get_ledger_verification() -> rest.Answer:
    """The newest proof that every balance is explained; it is made every hour."""
    return rest.ok(make(LatestLedgerVerification)(administration.admin_id()))


handler = rest.handler(app)
