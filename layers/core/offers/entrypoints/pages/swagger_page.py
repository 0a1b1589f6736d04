"""A Swagger UI page in one piece: script, style and API description inlined, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from importlib import resources
from string import Template

_ASSETS = "aws_lambda_powertools.event_handler.openapi.swagger_ui"

# A token is kept in the page's memory only; what earlier versions of this page stored goes.
# The API's URL follows from the page's own, so that "Try it out" works behind a stage's prefix too.
_START = Template("""\
const spec = $spec;
spec.servers = [{url: location.pathname.replace(/(\\/api\\/v1)?\\/docs\\/*$$/, "") || "/"}];
localStorage.removeItem("authorized");
window.ui = SwaggerUIBundle({
  spec, dom_id: "#swagger-ui", deepLinking: true, docExpansion: "list", filter: true,
  validatorUrl: null, persistAuthorization: false, presets: [SwaggerUIBundle.presets.apis],
});
""")

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="data:,">
<style>$css</style>
</head>
<body>
<noscript>This page needs JavaScript; the description itself is at openapi.json.</noscript>
<div id="swagger-ui"></div>
<script>$bundle</script>
<script>$start</script>
</body>
</html>
""")


@dataclass(frozen=True, slots=True)
class SwaggerPage:
    """The page, and the Content-Security-Policy that admits its own scripts and no other."""

    html: str
    content_security_policy: str


def build(openapi_json: str, title: str) -> SwaggerPage:
    """Put the page together; ``openapi_json`` becomes part of a script."""
    assets = resources.files(_ASSETS)
    bundle = assets.joinpath("swagger-ui-bundle.min.js").read_text(encoding="utf-8")
    css = assets.joinpath("swagger-ui.min.css").read_text(encoding="utf-8")
    start = _START.substitute(spec=openapi_json.replace("<", "\\u003c"))
    html = _PAGE.substitute(title=title, css=css, bundle=bundle, start=start)
    return SwaggerPage(html, _policy(bundle, start))


def _policy(*scripts: str) -> str:
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
