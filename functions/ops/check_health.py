"""GET /health."""

from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.health import Health

app = rest.app("ops")


@app.get("/api/v1/health")
@app.get("/health")
@rest.documents({200: Health}, security=None)
def check_health() -> rest.Answer:
    """Whether the API answers at all."""
    return rest.ok(Health(status="ok"))


handler = rest.handler(app)
