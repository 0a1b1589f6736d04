"""When an answer asks to be left alone for a while."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime


def retry_after_seconds(header: str | None, *, default: int, longest: int) -> int:
    """Read ``Retry-After``, seconds or a date (RFC 9110 §10.2.3), as 1 to ``longest`` seconds;
    ``default`` when it is missing or unreadable."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        seconds = int(text[:9])
    else:
        try:
            seconds = round(parsedate_to_datetime(text).timestamp() - time.time())
        except (TypeError, ValueError, OverflowError):
            seconds = default
    return min(max(seconds, 1), longest)
