"""POST /auth/logout."""

from offers import wiring
from offers.entrypoints import rest
from offers.entrypoints.schemas.auth import LogoutRequest

app = rest.app("auth")


@app.post("/api/v1/auth/logout")
@rest.documents({204: None})
def logout(body: LogoutRequest | None = None) -> rest.Answer:
    """End the session: the access token is denied and its refresh tokens are revoked."""
    wiring.log_out()(rest.caller().claims, None if body is None else body.refresh_token)
    return rest.no_content()


handler = rest.handler(app)
