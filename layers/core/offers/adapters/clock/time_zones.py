"""IANA time zones by name."""

from __future__ import annotations

import logging
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

logger = logging.getLogger(__name__)


def zone_of(time_zone: str) -> tzinfo:
    """Port ZoneOf: reads the zone's file once."""
    try:
        return ZoneInfo(time_zone)
    except (LookupError, ValueError, OSError):  # unknown, malformed, a folder of zones
        logger.warning("unknown time zone %r: using UTC", time_zone)
        return UTC
