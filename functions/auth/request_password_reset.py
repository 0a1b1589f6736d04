"""POST /auth/password/reset."""

from offers.domain.errors.sessions import TooManyAttempts
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.passwords import PasswordResetRequest
from offers.services.passwords.request_reset import RequestPasswordReset
from offers.wiring import make

app = rest.app("auth")


@app.post("/api/v1/auth/password/reset")
@rest.documents({204: None}, TooManyAttempts, security=None)
def request_password_reset(body: PasswordResetRequest) -> rest.Answer:
    """Send a link to choose a password anew, by email, if somebody has this address.

    The answer and its time are the same whether or not somebody has. The link works once, for half
    an hour.
    """
    make(RequestPasswordReset)(body.email, rest.source_ip())
    return rest.no_content()


handler = rest.handler(app)
