"""GET /docs: Swagger UI in one page that needs no internet, built when the function starts."""

from offers.entrypoints.http import rest
from offers.entrypoints.pages import openapi_document, swagger_page

app = rest.app("docs")

PAGE = swagger_page.build(openapi_document.read(), openapi_document.TITLE)
HEADERS = {
    "Content-Security-Policy": PAGE.content_security_policy,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@app.get("/docs", include_in_schema=False)
@app.get("/api/v1/docs", include_in_schema=False)
def get_swagger() -> rest.Answer:
    """Show this API's description as a page to read and try."""
    return rest.prepared(
        PAGE.html, "text/html; charset=utf-8", cache_control="no-cache", headers=HEADERS
    )


handler = rest.handler(app)
