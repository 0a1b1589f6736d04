"""POST /admin/users/{id}/password-reset."""

from uuid import UUID

from offers.domain.errors.customers import UserNotFound
from offers.domain.ids import UserId
from offers.entrypoints.http import administration, rest
from offers.entrypoints.http.schemas.passwords import SendPasswordResetRequest
from offers.services.passwords.send_password_reset import SendPasswordReset
from offers.wiring import make

app = administration.app()


@app.post("/api/v1/admin/users/<user_id>/password-reset")
@rest.documents({204: None}, UserNotFound)
def send_password_reset(user_id: UUID, body: SendPasswordResetRequest) -> rest.Answer:
    """Send a user a link, by email, to choose a password anew; until then the old one stays."""
    make(SendPasswordReset)(administration.admin_id(), UserId(user_id), body.reason)
    return rest.no_content()


handler = rest.handler(app)
