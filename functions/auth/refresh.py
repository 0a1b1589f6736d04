"""POST /auth/refresh."""

from offers import wiring
from offers.domain.errors import InvalidToken, RefreshTokenReused
from offers.entrypoints import rest
from offers.entrypoints.schemas.auth import RefreshRequest, TokenPair, token_pair

app = rest.app("auth")


@app.post("/api/v1/auth/refresh")
@rest.documents({200: TokenPair}, InvalidToken, RefreshTokenReused, security=None)
def refresh(body: RefreshRequest) -> rest.Answer:
    """Exchange a refresh token for a new pair; the old one is spent.

    Sent again within 30 seconds it gives the same successor; later, the whole session is revoked.
    """
    return rest.ok(token_pair(wiring.refresh_session()(body.refresh_token)))


handler = rest.handler(app)
