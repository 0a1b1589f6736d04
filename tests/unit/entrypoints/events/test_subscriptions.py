"""What the functions of a subscription's life measure."""

from __future__ import annotations

import json
from typing import Any

import pytest

from offers.domain.due_task import DueTask, SubscriptionStep, Task
from offers.domain.ids import SubscriptionId
from offers.entrypoints.events.subscriptions import measure_step, measure_sweep
from offers.services.subscriptions.step_taken import StepTaken
from offers.wiring.environment import InvalidSetting
from offers.wiring.settings import LifecycleSettings
from tests.contract.values import a_transaction
from tests.factories import new_id

DUE = DueTask(Task.RENEW, SubscriptionId(new_id()))


def metrics(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found: dict[str, Any] = {}
    for line in (line for line in lines if "_aws" in line):
        (named,) = line["_aws"]["CloudWatchMetrics"][0]["Metrics"]
        found[named["Name"]] = line[named["Name"]]
    return found


def test_a_step_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    measure_step(DUE, StepTaken(SubscriptionStep.EXPIRED))
    assert metrics(capsys) == {"SubscriptionSteps": 1}


def test_what_needs_a_person_raises_the_alarm(capsys: pytest.CaptureFixture[str]) -> None:
    measure_step(DUE, StepTaken(SubscriptionStep.FLAGGED))
    assert metrics(capsys) == {"SubscriptionSteps": 1, "AttentionRequired": 1}


def test_a_renewal_is_measured_as_every_purchase(capsys: pytest.CaptureFixture[str]) -> None:
    measure_step(DUE, StepTaken(SubscriptionStep.RENEWING, a_transaction()))
    assert metrics(capsys) == {
        "SubscriptionSteps": 1,
        "ActivationsAccepted": 1,
        "AmountCharged": 29.99,
    }


def test_a_sweep_is_measured_by_task(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_sweep({"renew": 3, "refused": 1}) == {"renew": 3, "refused": 1}
    assert metrics(capsys) == {"SubscriptionsDue": 3}


def test_settings_are_whole_numbers() -> None:
    known = {"REMINDER_DAYS": "7, 3,1,3", "RENEW_HOURS_BEFORE": "24", "GRACE_DAYS": "0"}
    assert LifecycleSettings.read(known) == LifecycleSettings((1, 3, 7), 24, 0)
    for name, wrong in (
        ("REMINDER_DAYS", "7;3"),
        ("RENEW_HOURS_BEFORE", "-1"),
        ("GRACE_DAYS", "1.5"),
        ("GRACE_DAYS", "²"),
        ("GRACE_DAYS", ""),
    ):
        with pytest.raises(InvalidSetting, match=name):
            LifecycleSettings.read(known | {name: wrong})
