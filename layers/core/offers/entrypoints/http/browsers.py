"""Headers for browsers: what a page of another origin may read, and what none should guess.

The template says the same on the gateway's own answers, and answers preflights; a test compares.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

EXPOSED = "ETag, Location, Link, Retry-After, Idempotent-Replayed, X-Request-Id"
"""What scripts may read beside the few headers that every script may (Fetch standard §3.2.4)."""
TWO_YEARS = "max-age=63072000"

_ORIGIN = os.environ.get("ALLOWED_ORIGIN", "")
_ALWAYS = {"X-Content-Type-Options": ["nosniff"], "Vary": ["Origin"]}
_CORS = {
    "Access-Control-Allow-Origin": [_ORIGIN],
    "Access-Control-Expose-Headers": [EXPOSED],
}


def headers(event: Mapping[str, Any]) -> dict[str, list[str]]:
    """For any answer to this request. HSTS only where TLS is, as the gateway says, which writes
    that header itself."""
    answered = {**_ALWAYS, **_CORS} if _ORIGIN else dict(_ALWAYS)
    if (event.get("headers") or {}).get("X-Forwarded-Proto") == "https":
        answered["Strict-Transport-Security"] = [TWO_YEARS]
    return answered
