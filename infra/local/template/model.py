"""What the stack needs to know of the template, resolved and free of CloudFormation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class QueueSource:
    """An SQS event source of a function."""

    function_name: str
    queue_arn: str
    batch_size: int = 10
    window_seconds: int = 0
    reports_item_failures: bool = False
    maximum_concurrency: int = 5
    """Lambda starts with five concurrent batches per standard queue when the template sets none."""

    @property
    def queue_name(self) -> str:
        """The last part of its ARN."""
        return self.queue_arn.rsplit(":", 1)[-1]


@dataclass(frozen=True)
class Schedule:
    """A ScheduleV2 (or Schedule) event of a function."""

    function_name: str
    expression: str
    timezone: str = "UTC"
    enabled: bool = True
    input: str | None = None


@dataclass(frozen=True)
class FunctionSpec:
    """One Lambda function, as its execution environment needs it."""

    name: str
    code_folder: Path
    handler: str
    layer_folders: tuple[Path, ...]
    environment: Mapping[str, str]
    timeout_seconds: int
    memory_mb: int
    reserved_concurrency: int | None = None


@dataclass(frozen=True)
class QueueSpec:
    """An SQS queue with the attributes CreateQueue takes, all strings."""

    logical_id: str
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class UsagePlan:
    """A usage plan's limits; None where the template sets none."""

    logical_id: str
    name: str
    rate_per_second: float | None = None
    burst: int | None = None
    quota: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class GatewayResponse:
    """How API Gateway words an answer of its own."""

    status: int | None
    headers: Mapping[str, str]
    templates: Mapping[str, str]


@dataclass(frozen=True)
class ApiSpec:
    """The REST API beyond the routes and authorizers that SAM CLI reads itself."""

    sam_api: Any
    key_routes: frozenset[tuple[str, str]] = frozenset()
    """(METHOD, path) of the routes that need an API key."""
    authorizer_ttl_seconds: Mapping[str, int] = field(default_factory=dict)
    responses: Mapping[str, GatewayResponse] = field(default_factory=dict)
    web_acl: Mapping[str, Any] = field(default_factory=dict)
    """The web ACL's properties; empty without one."""


@dataclass(frozen=True)
class StackTemplate:
    """Everything the laptop stack starts from."""

    functions: Mapping[str, FunctionSpec]
    queues: tuple[QueueSpec, ...]
    sources: tuple[QueueSource, ...]
    schedules: tuple[Schedule, ...]
    usage_plans: tuple[UsagePlan, ...]
    api: ApiSpec
