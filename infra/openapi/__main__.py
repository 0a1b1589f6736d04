"""``python -m infra.openapi`` writes the document and, from it, the Postman collection; ``--check``
fails if a stored one is stale."""

import json
import sys

from infra.openapi.build import DOCUMENT, build
from infra.openapi.postman import COLLECTION, collection

text = build()
for file, content in ((DOCUMENT, text), (COLLECTION, collection(json.loads(text)))):
    if "--check" not in sys.argv:
        file.write_text(content, encoding="utf-8")
    elif file.read_text(encoding="utf-8") != content:
        sys.exit(f"{file} is stale: run make openapi")
