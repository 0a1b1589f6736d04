from __future__ import annotations

import json
from typing import Any

import pytest

from offers.entrypoints.events import schedule
from tests.unit.entrypoints.http.calling import FakeContext


def test_a_run_answers_with_its_result_and_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    handler = schedule.handler("relay_outbox", lambda _: {"relayed": 3})
    assert handler({}, FakeContext()) == {"relayed": 3}  # type: ignore[arg-type]
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert line["schedule"] == "relay_outbox"
    assert line["ScheduledRunDuration"] >= 0


def test_a_failed_run_is_counted_and_fails_the_invocation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def task(_run: schedule.Run) -> dict[str, int]:
        raise KeyError

    with pytest.raises(KeyError):
        schedule.handler("relay_outbox", task)({}, FakeContext())  # type: ignore[arg-type]
    assert '"ScheduledRunFailures":1' in capsys.readouterr().out


@pytest.mark.parametrize(("needed", "is_enough"), [(9.0, True), (9.1, False)])
def test_a_run_knows_how_much_time_is_left(needed: float, is_enough: bool) -> None:
    run = schedule.Run(FakeContext(9000), {})  # type: ignore[arg-type]
    assert run.has_seconds(needed) is is_enough


@pytest.mark.parametrize(
    ("event", "is_asked"), [({"resume": True}, True), ({"resume": "x"}, False)]
)
def test_a_run_by_hand_may_ask_for_something_else(event: dict[str, Any], is_asked: bool) -> None:
    run = schedule.Run(FakeContext(9000), event)  # type: ignore[arg-type]
    assert run.is_asked_to("resume") is is_asked
