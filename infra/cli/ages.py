"""How long ago something was, in the two letters that a narrow table has room for."""

from __future__ import annotations

from datetime import UTC, datetime

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "m"))


def age(moment: str, now: datetime | None = None) -> str:
    """``3m``, ``5h``, ``2d``: whole units since an RFC 3339 time; ``0m`` for one yet to come."""
    passed = ((now or datetime.now(UTC)) - datetime.fromisoformat(moment)).total_seconds()
    for seconds, unit in _UNITS:
        if passed >= seconds:
            return f"{int(passed // seconds)}{unit}"
    return "0m"
