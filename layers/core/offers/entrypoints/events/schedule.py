"""Scheduled functions: each run is logged, measured and told how much time it has left.

A complete function stands in functions/ops/relay_outbox.py.

A task acts on everything that is due (``<= now``), so a run that was skipped or repeated is
harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.entrypoints import telemetry
from offers.entrypoints.metric_names import Metric


@dataclass(frozen=True, slots=True)
class Run:
    """One invocation, by the schedule or by hand."""

    context: LambdaContext
    event: Mapping[str, Any]

    def is_asked_to(self, what: str) -> bool:
        """Whether whoever invoked it by hand asks for something else than the schedule does."""
        return self.event.get(what) is True

    @property
    def remaining_seconds(self) -> float:
        """Until Lambda ends the function."""
        return self.context.get_remaining_time_in_millis() / 1000

    def has_seconds(self, needed: float) -> bool:
        """Whether another piece of work that takes this long can still be finished."""
        return self.remaining_seconds >= needed


def handler(
    name: str, task: Callable[[Run], Mapping[str, Any]]
) -> Callable[[dict[str, Any], LambdaContext], dict[str, Any]]:
    """The Lambda handler: answers with the task's JSON-ready result; an error is counted and
    raised again."""

    def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        telemetry.begin("", context)
        started = perf_counter()
        try:
            result = dict(task(Run(context, event)))
        except Exception:
            telemetry.logger.exception("scheduled run failed", extra={"schedule": name})
            telemetry.measure(Metric.SCHEDULED_RUN_FAILURES, schedule=name)
            raise
        milliseconds = (perf_counter() - started) * 1000
        telemetry.measure(Metric.SCHEDULED_RUN_DURATION, milliseconds, schedule=name)
        telemetry.logger.info("scheduled run", extra={"schedule": name, "result": result})
        return result

    return handle
