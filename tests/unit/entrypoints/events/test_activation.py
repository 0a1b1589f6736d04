from __future__ import annotations

import json
from typing import Any

import pytest
from aws_lambda_powertools.event_handler.api_gateway import APIGatewayRestResolver
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

from offers.entrypoints.events import activation as pipeline
from offers.entrypoints.events import sqs_batch
from offers.entrypoints.http import activation
from offers.services.activation.progress import Progress, Step
from tests.unit.entrypoints.http.calling import an_event
from tests.unit.entrypoints.http.schemas.test_schemas import AT, FAILED, TRANSACTION

SUCCEEDED = TRANSACTION.succeed("P-1", AT)


def emitted(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {
        metric["Name"]: line[metric["Name"]]
        for line in lines
        for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]
    }


@pytest.mark.parametrize(
    ("step", "metrics"),
    [
        (Step(Progress.SUCCEEDED, SUCCEEDED), {"ActivationsSucceeded": 1, "TimeToTerminal": 0}),
        (
            Step(Progress.FAILED, FAILED),
            {"ActivationsFailed": 1, "TimeToTerminal": 0, "AmountRefunded": 29.99},
        ),
        (Step(Progress.POSTPONED, TRANSACTION), {"ActivationsPostponed": 1}),
        (Step(Progress.UNKNOWN, TRANSACTION), {"ActivationsUnknown": 1}),
        (Step(Progress.FLAGGED, TRANSACTION), {"AttentionRequired": 1}),
        (Step(Progress.CONTRADICTED, FAILED), {"AttentionRequired": 1}),
        (Step(Progress.SETTLED_BEFORE, FAILED), {}),
        (Step(Progress.LEASED), {}),
    ],
)
def test_every_step_is_measured(
    step: Step, metrics: dict[str, float], capsys: pytest.CaptureFixture[str]
) -> None:
    assert pipeline.tally([step]) == {step.progress: 1}
    assert emitted(capsys) == metrics


@pytest.mark.parametrize(("seconds", "result"), [(None, sqs_batch.DONE), (30, sqs_batch.Retry(30))])
def test_a_step_decides_what_becomes_of_its_message(
    seconds: int | None, result: sqs_batch.Result
) -> None:
    step = Step(Progress.UNKNOWN, retry_after_seconds=seconds)
    assert pipeline.result_of(TRANSACTION.id, step) == result


@pytest.mark.parametrize(
    ("is_replay", "metrics"),
    [(False, {"ActivationsAccepted": 1, "AmountCharged": 29.99}), (True, {})],
)
def test_a_replay_is_not_counted_as_another_purchase(
    is_replay: bool,
    metrics: dict[str, float],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = APIGatewayProxyEvent(an_event("POST", "/api/v1/activation"))
    monkeypatch.setattr(APIGatewayRestResolver, "current_event", event, raising=False)
    answer = activation.accepted(TRANSACTION, is_replay=is_replay)
    assert emitted(capsys) == metrics
    assert answer.headers["Location"] == f"/dev/api/v1/activation/status/{TRANSACTION.id}"
    assert ("Idempotent-Replayed" in answer.headers) is is_replay


def test_whoever_follows_an_activation_is_told_when_to_ask_again() -> None:
    assert activation.poll_after(TRANSACTION) == 1
    assert activation.poll_after(FAILED) is None
