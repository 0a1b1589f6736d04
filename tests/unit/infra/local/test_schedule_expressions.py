"""rate(), cron() and at() as EventBridge Scheduler reads them."""

from datetime import UTC, datetime

import pytest

from infra.local.events.schedule_expression import parse_schedule

FROM = datetime(2026, 3, 27, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "zone", "expected"),
    [
        ("rate(1 minute)", "UTC", "2026-03-27T22:31:00+00:00"),
        ("rate(5 hours)", "UTC", "2026-03-28T03:30:00+00:00"),
        ("cron(0 8 * * ? *)", "UTC", "2026-03-28T08:00:00+00:00"),
        ("cron(0 8 * * ? *)", "Europe/Paris", "2026-03-28T07:00:00+00:00"),
        ("cron(0/20 * * * ? *)", "UTC", "2026-03-27T22:40:00+00:00"),
        ("cron(15,45 10-12 1 JAN,APR ? *)", "UTC", "2026-04-01T10:15:00+00:00"),
        ("cron(0 0 ? * MON-FRI *)", "UTC", "2026-03-30T00:00:00+00:00"),
        ("cron(0 0 L * ? *)", "UTC", "2026-03-31T00:00:00+00:00"),
        ("at(2026-04-01T00:00:00)", "UTC", "2026-04-01T00:00:00+00:00"),
    ],
)
def test_next_moment(expression: str, zone: str, expected: str) -> None:
    found = parse_schedule(expression, zone).next_after(FROM)
    assert found is not None
    assert found.astimezone(UTC).isoformat() == expected


def test_daily_hour_follows_summer_time() -> None:
    before_change = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)  # clocks go forward on the 29th
    found = parse_schedule("cron(0 8 * * ? *)", "Europe/Paris").next_after(before_change)
    assert found == datetime(2026, 3, 29, 6, 0, tzinfo=UTC)


def test_moment_that_has_passed_has_no_next() -> None:
    assert parse_schedule("at(2026-01-01T00:00:00)").next_after(FROM) is None


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="not a schedule expression"):
        parse_schedule("every tuesday")
