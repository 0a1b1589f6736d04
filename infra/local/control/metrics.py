"""The metrics that the functions emitted, read from their logs (CloudWatch's embedded format).

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.local.logs.new_lines import NewLines

MARK = '"_aws"'


@dataclass(frozen=True)
class DataPoint:
    """One value of one metric under one set of dimensions. ``timestamp_ms`` is Unix time."""

    namespace: str
    name: str
    unit: str
    dimensions: dict[str, str]
    value: float
    timestamp_ms: int


@dataclass
class MetricLog:
    """What every function emitted."""

    lines: NewLines
    points: list[DataPoint] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def collected(self) -> list[DataPoint]:
        """Everything emitted so far, oldest first within each function."""
        with self.lock:
            for _, line in self.lines.read():
                self.points.extend(_points(line))
            return list(self.points)


def _points(line: str) -> Iterator[DataPoint]:
    if MARK not in line:
        return
    try:
        emitted: dict[str, Any] = json.loads(line)
    except ValueError:
        return  # a log line that happens to hold the mark
    described = emitted.get("_aws", {})
    for directive in described.get("CloudWatchMetrics", []):
        for names in directive["Dimensions"] or [[]]:
            dimensions = {name: str(emitted[name]) for name in names}
            for metric in directive["Metrics"]:
                values = emitted[metric["Name"]]
                for value in values if isinstance(values, list) else [values]:
                    yield DataPoint(
                        directive["Namespace"],
                        metric["Name"],
                        metric.get("Unit", "None"),
                        dimensions,
                        float(value),
                        described["Timestamp"],
                    )
