"""GET /.well-known/jwks.json."""

from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.sessions import JwkSet
from offers.wiring import make, tokens

app = rest.app("auth")


@app.get("/.well-known/jwks.json")
@rest.documents({200: JwkSet}, security=None)
def get_jwks() -> rest.Answer:
    """The public keys that verify access tokens (RFC 7517)."""
    keys = make(tokens.access_tokens).public_keys()
    return rest.ok(keys, cache_control=rest.PUBLIC)


handler = rest.handler(app)
