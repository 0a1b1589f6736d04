"""EventBridge Scheduler's expressions: rate(…), cron(…) and at(…).

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

HORIZON_DAYS = 366 * 5
UNITS = {"minute": "minutes", "hour": "hours", "day": "days"}
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
ANY = {"*", "?"}


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
    """Six fields: minutes hours day-of-month month day-of-week year, in a time zone."""

    fields: tuple[str, ...]
    zone: ZoneInfo

    def next_after(self, moment: datetime) -> datetime | None:
        """None when there is none within five years."""
        local = moment.astimezone(self.zone)
        for offset in range(HORIZON_DAYS):
            day = local.date() + timedelta(days=offset)
            if self._is_day(day):
                for candidate in self._times(day):
                    if candidate > moment:
                        return candidate
        return None

    def _times(self, day: date) -> Iterator[datetime]:
        for hour in sorted(_values(self.fields[1], 0, 23)):
            for minute in sorted(_values(self.fields[0], 0, 59)):
                yield datetime.combine(day, time(hour, minute), self.zone).astimezone(UTC)

    def _is_day(self, day: date) -> bool:
        _, _, days, months, weekdays, years = self.fields
        return (
            day.year in _values(years, 1970, 2199)
            and day.month in _values(months, 1, 12, MONTHS)
            and _is_day_of_month(days, day)
            and (weekdays in ANY or _weekday(day) in _values(weekdays, 1, 7, WEEKDAYS))
        )


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
    return Cron(tuple(argument.split()), ZoneInfo(timezone))


def _weekday(day: date) -> int:
    """1 is Sunday, as in AWS's cron."""
    return day.isoweekday() % 7 + 1


def _is_day_of_month(field: str, day: date) -> bool:
    if field == "L":
        return (day + timedelta(days=1)).day == 1
    return field in ANY or day.day in _values(field, 1, 31)


def _values(field: str, low: int, high: int, names: tuple[str, ...] = ()) -> set[int]:
    """The numbers that a field of lists, ranges, steps and names stands for."""
    values: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        first, last = _span(span, low, high, names)
        if step and "-" not in span and span not in ANY:
            last = high
        values.update(range(first, last + 1, int(step or 1)))
    return values


def _span(span: str, low: int, high: int, names: tuple[str, ...]) -> tuple[int, int]:
    if span in ANY:
        return low, high
    first, _, last = span.partition("-")
    start = _number(first, names)
    return start, _number(last, names) if last else start


def _number(text: str, names: tuple[str, ...]) -> int:
    return names.index(text.upper()) + 1 if text.upper() in names else int(text)
