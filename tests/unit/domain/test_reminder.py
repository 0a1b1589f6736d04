"""When reminders are due: calendar days where the customer lives."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offers.adapters.clock.time_zones import zone_of
from offers.domain.reminder import days_left, due_reminder, window

DAYS = (1, 3, 7)
PARIS, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("America/New_York")
EAST, WEST = ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")
ZONES = (UTC, PARIS, NEW_YORK, EAST, WEST, ZoneInfo("Asia/Kathmandu"))


def at(text: str, zone: object = UTC) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "end", "zone", "expected"),
    [
        ("2026-03-28T23:59", "2026-03-29T00:01", PARIS, 1),  # the night clocks go forward
        ("2026-03-29T00:01", "2026-03-29T23:59", PARIS, 0),  # a day of 23 hours
        ("2026-03-28T12:00", "2026-03-30T11:00", PARIS, 2),
        ("2026-10-25T00:01", "2026-10-25T23:59", PARIS, 0),  # a day of 25 hours
        ("2026-10-24T23:59", "2026-10-26T00:00", PARIS, 2),
        ("2026-03-07T01:30", "2026-03-08T03:30", NEW_YORK, 1),
        ("2026-01-31T09:00", "2026-02-28T09:00", UTC, 28),
        ("2028-02-28T09:00", "2028-03-01T00:00", UTC, 2),  # a leap year
        ("2027-02-28T09:00", "2027-03-01T00:00", UTC, 1),
        ("2026-12-31T23:59", "2027-01-01T00:00", EAST, 1),
        ("2026-03-31T23:30", "2026-04-30T23:30", WEST, 30),  # the 31st and a month without one
    ],
)
def test_days_are_midnights_between(now: str, end: str, zone: ZoneInfo, expected: int) -> None:
    assert days_left(at(end, zone), at(now, zone), zone) == expected


def test_the_same_moment_is_another_day_elsewhere() -> None:
    end, now = at("2026-03-14T10:30"), at("2026-03-13T10:30")
    assert days_left(end, now, EAST) == 1
    assert days_left(at("2026-03-14T09:59"), at("2026-03-13T10:00"), EAST) == 0
    assert days_left(at("2026-03-14T11:00"), at("2026-03-14T10:59"), WEST) == 1


@pytest.mark.parametrize(
    ("days_before", "expected"),
    [(9, None), (8, None), (7, 7), (5, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0.2, 1), (0, None)],
)
def test_the_most_urgent_one_that_has_come(days_before: float, expected: int | None) -> None:
    end = at("2026-03-14T12:00")
    assert due_reminder(DAYS, end, end - timedelta(days=days_before), UTC) == expected


def test_without_days_there_are_no_reminders() -> None:
    assert due_reminder((), at("2026-03-14T12:00"), at("2026-03-14T11:00"), UTC) is None


moments = st.datetimes(datetime(2025, 1, 1), datetime(2029, 1, 1)).map(  # noqa: DTZ001  # made aware next
    lambda naive: naive.replace(tzinfo=UTC)
)


@given(
    now=moments,
    ahead=st.timedeltas(timedelta(0), timedelta(days=40)),
    zone=st.sampled_from(ZONES),
    days=st.sets(st.integers(0, 14)).map(tuple),
)
def test_what_is_due_lies_in_its_window_in_any_zone(
    now: datetime, ahead: timedelta, zone: ZoneInfo, days: tuple[int, ...]
) -> None:
    day = due_reminder(days, now + ahead, now, zone)
    if day is not None:
        after, until = window(days, day)
        assert after < ahead <= until


@given(end=moments, zone=st.sampled_from(ZONES), hour=st.integers(0, 23))
def test_daily_runs_at_any_hour_give_each_reminder_at_least_a_moment_before_the_end(
    end: datetime, zone: ZoneInfo, hour: int
) -> None:
    runs = [end.replace(hour=hour, minute=0) - timedelta(days=back) for back in range(12)]
    due = [due_reminder(DAYS, end, run, zone) for run in reversed(runs)]
    assert [day for day in due if day is not None][:1] == [7]
    assert {7, 3} <= set(due)


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "../UTC", "Europe", "a\0b"])
def test_an_unknown_zone_is_utc(name: str) -> None:
    assert zone_of(name) is UTC
    assert zone_of("Europe/Paris") == PARIS
