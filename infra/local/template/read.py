"""Reads the deployed template into the frozen dataclasses of ``model``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.local.template.api import api_spec
from infra.local.template.model import (
    FunctionSpec,
    QueueSource,
    Schedule,
    StackTemplate,
    UsagePlan,
)
from infra.local.template.queues import queue_specs
from infra.local.template.translations import Addresses, resolve_fully

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from infra.local.template.sam_cli import ResolvedTemplate

DEFAULT_TIMEOUT_SECONDS = 3
DEFAULT_MEMORY_MB = 128
USAGE_PLAN = "AWS::ApiGateway::UsagePlan"


def read_template(
    template: Path,
    addresses: Addresses,
    parameters: Mapping[str, str],
) -> StackTemplate:
    """Read ``template`` and its nested stacks; raises StackError when it cannot be read."""
    resolved = resolve_fully(template, parameters, addresses)
    functions = resolved.functions()
    return StackTemplate(
        functions={f.name: _function(f, resolved) for f in functions},
        queues=queue_specs(resolved),
        sources=tuple(source for f in functions for source in _sources(f)),
        schedules=tuple(schedule for f in functions for schedule in _schedules(f)),
        usage_plans=tuple(_usage_plans(resolved)),
        api=api_spec(resolved, functions),
    )


def _function(function: Any, resolved: ResolvedTemplate) -> FunctionSpec:
    values = (function.environment or {}).get("Variables") or {}
    properties = dict(resolved.resources("AWS::Serverless::Function"))[function.name]
    reserved = properties.get("ReservedConcurrentExecutions")
    return FunctionSpec(
        name=function.name,
        code_folder=Path(function.codeuri).resolve(),
        handler=function.handler,
        layer_folders=tuple(Path(a.codeuri).resolve() for a in function.layers if a.codeuri),
        environment={name: _text(value) for name, value in values.items() if value is not None},
        timeout_seconds=int(function.timeout or DEFAULT_TIMEOUT_SECONDS),
        memory_mb=int(function.memory or DEFAULT_MEMORY_MB),
        reserved_concurrency=int(str(reserved)) if _is_number(reserved) else None,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value.isdigit())


def _text(value: object) -> str:
    """Lambda's environment holds strings; YAML may have read a number or a boolean."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _events(function: Any, *types: str) -> Iterator[dict[str, Any]]:
    for event in (function.events or {}).values():
        if event["Type"] in types:
            yield event.get("Properties") or {}


def _sources(function: Any) -> Iterator[QueueSource]:
    for event in _events(function, "SQS"):
        if event.get("Enabled", True) in {True, "true"}:
            responses = event.get("FunctionResponseTypes") or []
            yield QueueSource(
                function_name=function.name,
                queue_arn=event["Queue"],
                batch_size=int(event.get("BatchSize", 10)),
                window_seconds=int(event.get("MaximumBatchingWindowInSeconds", 0)),
                reports_item_failures="ReportBatchItemFailures" in responses,
                maximum_concurrency=int(
                    (event.get("ScalingConfig") or {}).get("MaximumConcurrency", 5)
                ),
            )


def _schedules(function: Any) -> Iterator[Schedule]:
    for event in _events(function, "ScheduleV2", "Schedule"):
        yield Schedule(
            function_name=function.name,
            expression=event.get("ScheduleExpression") or event["Schedule"],
            timezone=event.get("ScheduleExpressionTimezone", "UTC"),
            enabled=event.get("State", "ENABLED") == "ENABLED",
            input=event.get("Input"),
        )


def _usage_plans(resolved: ResolvedTemplate) -> Iterator[UsagePlan]:
    for logical_id, properties in resolved.resources(USAGE_PLAN):
        throttle = properties.get("Throttle") or {}
        rate, burst = throttle.get("RateLimit"), throttle.get("BurstLimit")
        yield UsagePlan(
            logical_id=logical_id,
            name=properties.get("UsagePlanName") or logical_id,
            rate_per_second=float(rate) if rate is not None else None,
            burst=int(burst) if burst is not None else None,
            quota=properties.get("Quota"),
        )
