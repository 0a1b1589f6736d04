"""Which handler files have routes, as the template says."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from samcli.yamlhelper import parse_yaml_file


def routed_files(template: Path) -> Iterator[Path]:
    """The file of each function with an Api event, in the template's order."""
    for resource in parse_yaml_file(str(template))["Resources"].values():
        properties = resource.get("Properties") or {}
        if resource["Type"] == "AWS::Serverless::Function" and _has_route(properties):
            module = str(properties["Handler"]).rpartition(".")[0]
            yield template.parent / properties["CodeUri"] / f"{module}.py"


def _has_route(properties: dict[str, Any]) -> bool:
    events = (properties.get("Events") or {}).values()
    return any(event["Type"] == "Api" for event in events)
