"""template.yaml and its nested stacks as SAM CLI reads them: intrinsic functions in long form,
Globals merged by us."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samcli.yamlhelper import yaml_parse

ROOT = Path(__file__).resolve().parents[2]
FUNCTION = "AWS::Serverless::Function"
NESTED = "AWS::CloudFormation::Stack"
QUEUE = "AWS::SQS::Queue"

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Function:
    """One function of the template."""

    logical_id: str
    properties: Document

    @property
    def module(self) -> str:
        """Its module's path, as `activation/activate_offer`."""
        area = Path(self.properties["CodeUri"]).relative_to("functions")
        return f"{area}/{self.properties['Handler'].removesuffix('.handler')}"

    @property
    def timeout_seconds(self) -> int:
        return int(self.properties.get("Timeout", globals_of("Function")["Timeout"]))

    def events(self, kind: str) -> Iterator[tuple[str, Document]]:
        """(name, properties) of its events of one type."""
        for name, event in self.properties.get("Events", {}).items():
            if event["Type"] == kind:
                yield name, event["Properties"]

    def policies(self) -> list[Any]:
        return list(self.properties.get("Policies", []))


@cache
def template() -> dict[str, Any]:
    """The root."""
    return _read("template.yaml")


@cache
def nested_stacks() -> dict[str, dict[str, Any]]:
    """Each nested stack's document by its logical id in the root."""
    return {
        name: _read(resource["Properties"]["TemplateURL"])
        for name, resource in template()["Resources"].items()
        if resource["Type"] == NESTED
    }


def _read(path: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml_parse((ROOT / path).read_text("utf-8"))
    return document


def globals_of(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = template()["Globals"][kind]
    return found


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """Properties by logical id, in the root and in every nested stack. Fails where there are none,
    so that no test passes for want of something to look at."""
    found = {
        name: resource.get("Properties", {})
        for document in (template(), *nested_stacks().values())
        for name, resource in document["Resources"].items()
        if resource["Type"] == kind
    }
    assert found, f"no template has a resource of the type {kind}"
    return found


def functions() -> list[Function]:
    return [Function(name, properties) for name, properties in resources(FUNCTION).items()]


def named(function: Function) -> str:
    """The id of a parametrised test."""
    return function.logical_id


def target(reference: Document) -> str:
    """The logical id behind a Ref or a Fn::GetAtt, followed into a nested stack."""
    if "Ref" in reference:
        return str(reference["Ref"])
    name, attribute = reference["Fn::GetAtt"]
    if name in nested_stacks():
        output = nested_stacks()[name]["Outputs"][attribute.removeprefix("Outputs.")]
        return target(output["Value"])
    return str(name)
