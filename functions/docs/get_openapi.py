"""GET /openapi.json: this API's description, built ahead."""

from typing import Any

from offers.entrypoints.http import rest
from offers.entrypoints.pages import openapi_document

app = rest.app("docs")

DOCUMENT = openapi_document.read()


@app.get("/openapi.json")
@app.get("/api/v1/openapi.json", include_in_schema=False)
@rest.documents({200: dict[str, Any]}, security=None, conditional=True)
def get_openapi() -> rest.Answer:
    """Describe this API in OpenAPI 3.1."""
    return rest.prepared(DOCUMENT, "application/json", cache_control=rest.PUBLIC)


handler = rest.handler(app)
