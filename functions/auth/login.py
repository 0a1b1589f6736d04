"""POST /auth/login."""

from offers.domain.errors.sessions import InvalidCredentials, TooManyAttempts
from offers.entrypoints import telemetry
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.sessions import LoginRequest, TokenPair, token_pair
from offers.entrypoints.metric_names import Metric
from offers.services.sessions.log_in import LogIn
from offers.wiring import make

app = rest.app("auth")


@app.post("/api/v1/auth/login")
@rest.documents({200: TokenPair}, InvalidCredentials, TooManyAttempts, security=None)
def login(body: LoginRequest) -> rest.Answer:
    """Sign in with a username and a password."""
    try:
        session = make(LogIn)(body.username, body.password, rest.source_ip())
    except (InvalidCredentials, TooManyAttempts) as refusal:
        telemetry.measure(Metric.LOGINS, outcome=refusal.code)
        raise
    telemetry.measure(Metric.LOGINS, outcome="succeeded")
    return rest.ok(token_pair(session))


handler = rest.handler(app)
