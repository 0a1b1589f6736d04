"""Log lines as people read them in a terminal."""

from __future__ import annotations

import json
from typing import Any

ERRORS = ("ERROR", "CRITICAL")
METRICS = "_aws"
UNSAID = {
    "level",
    "location",
    "message",
    "timestamp",
    "service",
    "exception",
    "exception_name",
    "stack_trace",
    "stackTrace",
    "errorType",
    "errorMessage",
    "function_request_id",
    "sampling_rate",
    "xray_trace_id",
}
"""Said in another place, or to machines only."""


def in_words(function: str, line: str, *, is_error_only: bool = False) -> str | None:
    """One line with its traceback below; None for metrics, and for what is no error if only those
    are wanted."""
    fields = _fields(line)
    if fields is None:
        is_wanted = not is_error_only or "Error:" in line
        return f"{function}  {line}" if line.strip() and is_wanted else None
    if METRICS in fields or (is_error_only and fields.get("level") not in ERRORS):
        return None
    more = " ".join(f"{name}={value}" for name, value in fields.items() if name not in UNSAID)
    said = f"{function}  {fields.get('level', '')} {fields.get('message', '')}  {more}".rstrip()
    trace = _traceback(fields)
    return said + "".join(f"\n    {row}" for row in trace.splitlines())


def _fields(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _traceback(fields: dict[str, Any]) -> str:
    if exception := fields.get("exception"):
        return str(exception)
    if "errorType" not in fields:
        return ""
    ending = f"{fields['errorType']}: {fields.get('errorMessage', '')}"
    return "".join([*fields.get("stackTrace", []), ending])
