"""How moments are written for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


def rfc3339(moment: datetime) -> str:
    """A moment in UTC with ``Z`` (RFC 3339 §5.6)."""
    return moment.isoformat().removesuffix("+00:00") + "Z"
