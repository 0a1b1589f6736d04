"""EventBridge Scheduler's expressions: rate(…), cron(…) and at(…).

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

UNITS = {"minute": "minutes", "hour": "hours", "day": "days"}
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


@dataclass(frozen=True)
class Rate:
    """Every so often."""

    interval: timedelta

    def next_after(self, moment: datetime) -> datetime | None:
        """Never None."""
        return moment + self.interval


@dataclass(frozen=True)
class At:
    """Once."""

    moment: datetime

    def next_after(self, moment: datetime) -> datetime | None:
        """None once it has passed."""
        return self.moment if self.moment > moment else None


@dataclass(frozen=True)
class Cron:
    """In a time zone. ``fields`` are those of Unix: minute, hour, day, month, weekday."""

    fields: str
    zone: ZoneInfo

    def next_after(self, moment: datetime) -> datetime | None:
        """None when it never comes."""
        found = next(CronSim(self.fields, moment.astimezone(self.zone)), None)
        return found and found.astimezone(UTC)


def parse_schedule(expression: str, timezone: str = "UTC") -> Rate | At | Cron:
    """Raises ValueError on an expression that is none of the three kinds."""
    found = re.fullmatch(r"(rate|cron|at)\((.+)\)", expression.strip())
    if not found:
        message = f"not a schedule expression: {expression}"
        raise ValueError(message)
    kind, argument = found.groups()
    if kind == "rate":
        number, unit = argument.split()
        return Rate(timedelta(**{UNITS[unit.rstrip("s")]: int(number)}))
    if kind == "at":
        return At(datetime.fromisoformat(argument).replace(tzinfo=ZoneInfo(timezone)))
    return Cron(_as_unix(argument), ZoneInfo(timezone))


def _as_unix(argument: str) -> str:
    """AWS's six fields: ``?`` for either day, weekdays from 1 for Sunday, the year last."""
    minute, hour, day, month, weekday, year = argument.replace("?", "*").split()
    if year != "*":
        message = f"cron({argument}): schedules of a certain year are not known here"
        raise ValueError(message)
    weekday = re.sub(r"(?<![/#])[1-7]", lambda digit: WEEKDAYS[int(digit[0]) - 1], weekday)
    fields = f"{minute} {hour} {day} {month} {weekday}"
    try:
        CronSim(fields, datetime.now(UTC))
    except CronSimError as error:
        message = f"cron({argument}): {error}"
        raise ValueError(message) from error
    return fields
