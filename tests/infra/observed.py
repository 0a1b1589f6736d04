"""The metrics that infra/observability.yaml and the root name: in widgets and in alarms."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.infra.template import resources

ALARM = "AWS::CloudWatch::Alarm"
DASHBOARD = "AWS::CloudWatch::Dashboard"
OURS = "Offers/${Prefix}"
SEARCHED = re.compile(r"""SEARCH\('\{"([^"]+)",([\w,]+)\} MetricName="(\w+)"', '""")
QUERIED = re.compile(r'SELECT \w+\((\w+)\) FROM "([^"]+)"')


@dataclass(frozen=True)
class Named:
    """One metric as it is named somewhere; ``values`` is None where all series are meant."""

    namespace: str
    metric: str
    dimensions: frozenset[str]
    values: frozenset[tuple[str, str]] | None = None


def text(value: Any) -> str:
    """What a value says; a reference by the name of what it refers to."""
    if not isinstance(value, dict):
        return str(value)
    return str(value.get("Fn::Sub") or value["Ref"]).replace("${AWS::StackName}", "${Prefix}")


def in_alarm(alarm: Any) -> Iterator[Named]:
    if "MetricName" in alarm:
        yield _stated(alarm)
    for each in alarm.get("Metrics", []):
        if "MetricStat" in each:
            yield _stated(each["MetricStat"]["Metric"])
        for metric, namespace in QUERIED.findall(text(each.get("Expression", ""))):
            yield Named(namespace, metric, frozenset())


def _stated(metric: Any) -> Named:
    given = {each["Name"]: text(each["Value"]) for each in metric.get("Dimensions", [])}
    namespace, name = text(metric["Namespace"]), metric["MetricName"]
    return Named(namespace, name, frozenset(given), frozenset(given.items()))


def widgets() -> Iterator[tuple[str, Any]]:
    """(dashboard, the widget's properties)."""
    for name, dashboard in resources(DASHBOARD).items():
        for widget in json.loads(text(dashboard["DashboardBody"]))["widgets"]:
            yield name, widget["properties"]


def in_widget(properties: Any) -> Iterator[Named]:
    for line in properties["metrics"]:
        if isinstance(line[0], dict):
            ((namespace, dimensions, metric),) = SEARCHED.findall(line[0]["expression"])
            yield Named(namespace, metric, frozenset(dimensions.split(",")))
        else:
            namespace, metric, *rest = [each for each in line if isinstance(each, str)]
            given = dict(zip(rest[::2], rest[1::2], strict=True))
            yield Named(namespace, metric, frozenset(given), frozenset(given.items()))
