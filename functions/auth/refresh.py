"""POST /auth/refresh."""

from offers.domain.errors.sessions import InvalidToken, RefreshTokenReused
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.sessions import RefreshRequest, TokenPair, token_pair
from offers.services.sessions.refresh_session import RefreshSession
from offers.wiring import make

app = rest.app("auth")


@app.post("/api/v1/auth/refresh")
@rest.documents({200: TokenPair}, InvalidToken, RefreshTokenReused, security=None)
def refresh(body: RefreshRequest) -> rest.Answer:
    """Exchange a refresh token for a new pair; the old one is spent.

    Sent again within 30 seconds it gives the same successor; later, the whole session is revoked.
    """
    return rest.ok(token_pair(make(RefreshSession)(body.refresh_token)))


handler = rest.handler(app)
