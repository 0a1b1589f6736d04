"""Schedules can be stopped, are retried, and leave a trace when they could not start."""

from typing import Any

import pytest

from tests.infra.template import functions, target

SCHEDULES = {
    function.logical_id: (function, schedule)
    for function in functions()
    for _, schedule in function.events("ScheduleV2")
}
SECONDS = {"minute": 60, "minutes": 60, "hour": 3600, "hours": 3600}


def seconds(expression: Any) -> int:
    if isinstance(expression, dict):  # the one with parameters is daily
        assert "cron(0 ${" in expression["Fn::Sub"]
        return 24 * 3600
    count, unit = expression.removeprefix("rate(").removesuffix(")").split()
    return int(count) * SECONDS[unit]


def test_every_schedule_is_there() -> None:
    expressions = {name: s["ScheduleExpression"] for name, (_, s) in SCHEDULES.items()}

    assert expressions == {
        "RelayOutboxFunction": "rate(1 minute)",
        "ReconcileActivationsFunction": "rate(1 minute)",
        "VerifyLedgerFunction": "rate(1 hour)",
        "PruneExpiredFunction": "rate(1 hour)",
        "SealSecretsFunction": "rate(1 hour)",
        "RemindExpiringFunction": {"Fn::Sub": "cron(0 ${ReminderHour} * * ? *)"},
        "ExpireAndRenewFunction": "rate(5 minutes)",
    }


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_can_be_stopped_and_leaves_a_trace(name: str) -> None:
    _, schedule = SCHEDULES[name]

    assert schedule["State"] == {"Ref": "SchedulesState"}
    assert schedule["RetryPolicy"]["MaximumRetryAttempts"] >= 1
    assert target(schedule["DeadLetterConfig"]["Arn"]) == "ScheduleDeadLetterQueue"


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_a_run_that_failed_is_not_run_again_hours_later(name: str) -> None:
    """Lambda would try twice more, and queue runs for six hours while it is throttled."""
    function, _ = SCHEDULES[name]

    assert function.properties["EventInvokeConfig"] == {
        "MaximumRetryAttempts": 0,
        "MaximumEventAgeInSeconds": 60,
    }


@pytest.mark.parametrize("name", sorted(SCHEDULES))
def test_a_run_ends_before_the_next_begins(name: str) -> None:
    function, schedule = SCHEDULES[name]

    assert function.timeout_seconds < seconds(schedule["ScheduleExpression"])


def test_two_stacks_in_one_account_do_not_share_names() -> None:
    names: list[Any] = [schedule["Name"] for _, schedule in SCHEDULES.values()]

    assert all("${AWS::StackName}" in name["Fn::Sub"] for name in names)
