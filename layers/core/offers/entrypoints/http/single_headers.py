"""Headers that count once: of two values nobody can say which was meant.

API Gateway keeps the last of several in ``headers``, and something before it may have looked at the
first. ``If-None-Match`` is not among them: it is a list (RFC 9110 §13.1.2), which may come in
several lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from offers.entrypoints.http.request_errors import RepeatedHeader

SINGLE = {
    name.lower(): name
    for name in (
        "Authorization",
        "Content-Encoding",
        "Content-Length",
        "Content-Type",
        "Host",
        "Idempotency-Key",
        "If-Match",
        "X-Api-Key",
    )
}


def require_single(event: Mapping[str, Any]) -> None:
    """Raise RepeatedHeader if one of them has two values, in whatever letters it is written."""
    counted: Counter[str] = Counter()
    for name, values in (event.get("multiValueHeaders") or {}).items():
        if (lower := name.lower()) in SINGLE:
            counted[lower] += len(values)
    for lower, count in counted.items():
        if count > 1:
            raise RepeatedHeader(SINGLE[lower])
