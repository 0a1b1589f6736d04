"""When a customer is reminded that a subscription ends: counted in calendar days where they live.

A subscription that ends on the 14th at 00:30 in Auckland ends "tomorrow" all through the 13th
there, whatever the hour, whatever day it is in UTC, and however long that day is.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

DAY = timedelta(days=1)
CLOCK_CHANGE = timedelta(hours=2)
"""More than any change to or from daylight-saving time."""


def days_left(expires_at: datetime, at: datetime, zone: tzinfo) -> int:
    """Midnights in ``zone`` between now and the end: 0 is today, 1 tomorrow."""
    return (expires_at.astimezone(zone).date() - at.astimezone(zone).date()).days


def due_reminder(
    days: tuple[int, ...], expires_at: datetime, at: datetime, zone: tzinfo
) -> int | None:
    """The most urgent of the configured ``days`` that has come; None while none has, or at the end.

    If the one at 7 days was missed and 2 are left, it is the one at 3: the others are void.
    """
    if expires_at <= at:
        return None
    left = days_left(expires_at, at, zone)
    return min((day for day in days if left <= day), default=None)


def window(days: tuple[int, ...], day: int) -> tuple[timedelta, timedelta]:
    """How far ahead subscriptions end for which ``day`` can be due in any zone: after the first,
    by the second.
    """
    more_urgent = max((each for each in days if each < day), default=None)
    after = timedelta(0) if more_urgent is None else more_urgent * DAY - CLOCK_CHANGE
    return max(after, timedelta(0)), (day + 1) * DAY + CLOCK_CHANGE
