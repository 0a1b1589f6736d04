"""POST /auth/password/reset/confirm."""

from offers.domain.errors.sessions import PasswordNotAccepted, ResetLinkInvalid
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.passwords import ResetPasswordRequest
from offers.services.passwords.reset_password import ResetPassword
from offers.wiring import make

app = rest.app("auth")


@app.post("/api/v1/auth/password/reset/confirm")
@rest.documents({204: None}, ResetLinkInvalid, PasswordNotAccepted, security=None)
def reset_password(body: ResetPasswordRequest) -> rest.Answer:
    """Choose a password anew with the token of the link; all sessions of the user end.

    A password that is refused does not use the link up.
    """
    make(ResetPassword)(body.token, body.new_password, rest.source_ip())
    return rest.no_content()


handler = rest.handler(app)
