"""POST /auth/login."""

from offers import wiring
from offers.domain.errors import InvalidCredentials, TooManyAttempts
from offers.entrypoints import rest, telemetry
from offers.entrypoints.metric_names import Metric
from offers.entrypoints.schemas.auth import LoginRequest, TokenPair, token_pair

app = rest.app("auth")


@app.post("/api/v1/auth/login")
@rest.documents({200: TokenPair}, InvalidCredentials, TooManyAttempts, security=None)
def login(body: LoginRequest) -> rest.Answer:
    """Sign in with a username and a password."""
    try:
        session = wiring.log_in()(body.username, body.password, rest.source_ip())
    except (InvalidCredentials, TooManyAttempts) as refusal:
        telemetry.measure(Metric.LOGINS, outcome=refusal.code)
        raise
    telemetry.measure(Metric.LOGINS, outcome="succeeded")
    return rest.ok(token_pair(session))


handler = rest.handler(app)
