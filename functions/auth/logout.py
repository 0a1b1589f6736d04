"""POST /auth/logout."""

from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.sessions import LogoutRequest
from offers.services.sessions.log_out import LogOut
from offers.wiring import make

app = rest.app("auth")


@app.post("/api/v1/auth/logout")
@rest.documents({204: None})
def logout(body: LogoutRequest | None = None) -> rest.Answer:
    """End the session: none of its tokens works any more, also those being made right now."""
    make(LogOut)(rest.caller().claims, None if body is None else body.refresh_token)
    return rest.no_content()


handler = rest.handler(app)
