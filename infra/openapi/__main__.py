"""``python -m infra.openapi`` writes the document and, from it, the Postman collection and the
events of new routes; ``--check`` fails if a stored one is stale or missing."""

from __future__ import annotations

import json
import sys

from infra.openapi.build import DOCUMENT, build
from infra.openapi.events import missing_events
from infra.openapi.postman import COLLECTION, collection

text = build()
document = json.loads(text)
for file, content in (
    (DOCUMENT, text),
    (COLLECTION, collection(document)),
    *missing_events(document),
):
    if "--check" not in sys.argv:
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    elif not file.exists() or file.read_text(encoding="utf-8") != content:
        sys.exit(f"{file} is stale: run make openapi")
