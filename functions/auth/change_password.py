"""POST /auth/password."""

from offers.domain.errors.sessions import PasswordNotAccepted, TooManyAttempts, WrongPassword
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.sessions import ChangePasswordRequest
from offers.services.sessions.change_password import ChangePassword
from offers.wiring import make

app = rest.app("auth")


@app.post("/api/v1/auth/password")
@rest.documents({204: None}, WrongPassword, PasswordNotAccepted, TooManyAttempts)
def change_password(body: ChangePasswordRequest) -> rest.Answer:
    """Choose another password; this session goes on, all others of the user end at once."""
    make(ChangePassword)(rest.caller().claims, body.current_password, body.new_password)
    return rest.no_content()


handler = rest.handler(app)
