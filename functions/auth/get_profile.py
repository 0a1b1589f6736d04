"""GET /auth/profile."""

from offers import wiring
from offers.entrypoints import rest
from offers.entrypoints.schemas.auth import Profile, profile

app = rest.app("auth")


@app.get("/api/v1/auth/profile")
@rest.documents({200: Profile})
def get_profile() -> rest.Answer:
    """The caller's own profile."""
    return rest.ok(profile(wiring.get_profile()(rest.caller().user_id)))


handler = rest.handler(app)
