"""The template's SQS queues as CreateQueue takes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from infra.local.template.model import QueueSpec
from infra.local.template.translations import QUEUE, queue_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infra.local.template.sam_cli import ResolvedTemplate

ATTRIBUTES = (
    "VisibilityTimeout",
    "MessageRetentionPeriod",
    "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds",
    "MaximumMessageSize",
)


def queue_specs(resolved: ResolvedTemplate) -> tuple[QueueSpec, ...]:
    """Dead-letter queues first: a redrive policy may only name a queue that exists."""
    specs = [
        QueueSpec(logical_id, queue_name(logical_id, properties), _attributes(properties))
        for logical_id, properties in resolved.resources(QUEUE)
    ]
    return tuple(sorted(specs, key=lambda spec: "RedrivePolicy" in spec.attributes))


def _attributes(properties: Mapping[str, Any]) -> dict[str, str]:
    found = {name: str(properties[name]) for name in ATTRIBUTES if name in properties}
    if policy := properties.get("RedrivePolicy"):
        found["RedrivePolicy"] = json.dumps(dict(policy))
    return found
