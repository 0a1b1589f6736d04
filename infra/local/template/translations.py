"""What the template's references to AWS resources mean on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infra.local.template.names import ACCOUNT, REGION
from infra.local.template.sam_cli import (
    ResolvedTemplate,
    Translations,
    outputs,
    resolve,
    stack_resources,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NESTING_LEVELS = 4

QUEUE = "AWS::SQS::Queue"


@dataclass(frozen=True)
class Addresses:
    """Where the stand-ins for AWS answer."""

    aws_url: str

    def queue_url(self, name: str) -> str:
        """What Ref gives."""
        return f"{self.aws_url}/{ACCOUNT}/{name}"

    def queue_arn(self, name: str) -> str:
        """What GetAtt Arn gives."""
        return f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"


def resolve_fully(
    template: Path, parameters: Mapping[str, str], addresses: Addresses
) -> ResolvedTemplate:
    """Resolve until nested stacks' outputs, which may feed one another, no longer change."""
    translations: Translations = {}
    for _ in range(NESTING_LEVELS):
        resolved = resolve(template, parameters, translations)
        known = _translations(resolved, addresses)
        if known == translations:
            return resolved
        translations = known
    return resolve(template, parameters, translations)


def queue_name(logical_id: str, properties: Mapping[str, Any]) -> str:
    """The template's name, else the logical id, so that logs and URLs stay readable."""
    return str(properties.get("QueueName") or logical_id)


def _translations(resolved: ResolvedTemplate, addresses: Addresses) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for stack in resolved.stacks:
        for logical_id, properties in stack_resources(stack, QUEUE):
            name = queue_name(logical_id, properties)
            known[logical_id] = {
                "Ref": addresses.queue_url(name),
                "QueueUrl": addresses.queue_url(name),
                "Arn": addresses.queue_arn(name),
                "QueueName": name,
            }
    for stack in resolved.stacks:
        if stack.name:
            known[stack.name] = {f"Outputs.{key}": value for key, value in outputs(stack).items()}
    return known
