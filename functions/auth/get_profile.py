"""GET /auth/profile."""

from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.customers import Profile, profile
from offers.services.customers.views import GetProfile
from offers.wiring import make

app = rest.app("auth")


@app.get("/api/v1/auth/profile")
@rest.documents({200: Profile})
def get_profile() -> rest.Answer:
    """The caller's own profile."""
    return rest.ok(profile(make(GetProfile)(rest.caller().user_id)))


handler = rest.handler(app)
