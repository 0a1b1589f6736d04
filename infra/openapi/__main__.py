"""``python -m infra.openapi`` writes the document; ``--check`` fails if the stored one is stale."""

import sys

from infra.openapi.build import DOCUMENT, build

text = build()
if "--check" not in sys.argv:
    DOCUMENT.write_text(text, encoding="utf-8")
elif DOCUMENT.read_text(encoding="utf-8") != text:
    sys.exit(f"{DOCUMENT} is stale: run make openapi")
