from __future__ import annotations

import json
from typing import Any

import pytest

from offers.entrypoints import telemetry
from offers.entrypoints.metric_names import Metric, Unit
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import FakeContext, an_event, call


def emitted(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (found,) = [line for line in lines if "_aws" in line]
    return dict(found)


def test_a_measurement_is_one_line_of_embedded_metric_format(
    capsys: pytest.CaptureFixture[str],
) -> None:
    telemetry.measure(Metric.AMOUNT_CHARGED, 29.99, currency="EUR")
    line = emitted(capsys)
    assert line["_aws"]["CloudWatchMetrics"] == [
        {
            "Namespace": "Offers",
            "Dimensions": [["service", "currency"]],
            "Metrics": [{"Name": "AmountCharged", "Unit": "None"}],
        }
    ]
    assert (line["service"], line["currency"], line["AmountCharged"]) == ("offers", "EUR", 29.99)


@pytest.mark.parametrize("dimensions", [{}, {"kind": "x"}, {"currency": "EUR", "kind": "x"}])
def test_dimensions_are_those_of_the_registry(dimensions: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="AmountCharged has the dimensions"):
        telemetry.measure(Metric.AMOUNT_CHARGED, 1, **dimensions)


def test_metric_names_are_unique() -> None:
    names = [metric.value.name for metric in Metric]
    assert len(set(names)) == len(names)
    assert all(isinstance(metric.value.unit, Unit) for metric in Metric)


@pytest.mark.parametrize(
    ("path", "client_errors", "server_errors", "status"),
    [("/api/v1/things", 0, 0, 200), ("/nowhere", 1, 0, 404), ("/api/v1/fail/bug", 0, 1, 500)],
)
def test_every_request_is_measured_by_its_route(
    path: str,
    client_errors: int,
    server_errors: int,
    status: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    call(sample.handler, an_event("GET", path))
    line = emitted(capsys)
    assert (line["Requests"], line["route"]) == (1, f"GET {path}")
    assert (line["ClientErrors"], line["ServerErrors"]) == (client_errors, server_errors)
    assert (line["status"], line["request_id"]) == (status, "request-1")
    assert line["RequestDuration"] > 0


def test_no_id_outlives_its_event() -> None:
    telemetry.begin("one", FakeContext())  # type: ignore[arg-type]
    telemetry.about_transaction("t-1")
    assert telemetry.logger.thread_safe_get_current_keys()["transaction_id"] == "t-1"
    telemetry.begin("two", FakeContext())  # type: ignore[arg-type]
    keys = telemetry.logger.thread_safe_get_current_keys()
    assert keys == {"request_id": "two", "function_request_id": "lambda-1"}
