"""GET /health/ready."""

from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.health import Readiness, readiness
from offers.services.health.check_readiness import CheckReadiness
from offers.wiring import make

app = rest.app("ops")


@app.get("/api/v1/health/ready")
@app.get("/health/ready")
@rest.documents({200: Readiness, 503: Readiness}, security=None)
def check_readiness() -> rest.Answer:
    """Whether database, Redis and queue can be reached; 503 only without the database."""
    parts = make(CheckReadiness)()
    if parts.database:
        return rest.ok(readiness(parts))
    return rest.unavailable(readiness(parts), retry_after_seconds=5)


handler = rest.handler(app)
