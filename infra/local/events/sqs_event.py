"""SQS messages as Lambda hands them to a function, and what it makes of the function's answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from infra.local.template.names import REGION

if TYPE_CHECKING:
    from infra.local.runtime.environment import Invocation
    from infra.local.template.model import QueueSource

Message = Mapping[str, Any]


def sqs_event(messages: Sequence[Message], queue_arn: str) -> dict[str, Any]:
    """The event for one batch."""
    return {"Records": [_record(message, queue_arn) for message in messages]}


def _record(message: Message, queue_arn: str) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {
            name: _attribute(value) for name, value in message.get("MessageAttributes", {}).items()
        },
        "md5OfBody": message.get("MD5OfBody"),
        "eventSource": "aws:sqs",
        "eventSourceARN": queue_arn,
        "awsRegion": REGION,
    }


def _attribute(value: Message) -> dict[str, Any]:
    known = {
        "stringValue": value.get("StringValue"),
        "binaryValue": value.get("BinaryValue"),
        "dataType": value["DataType"],
    }
    return {
        **{name: found for name, found in known.items() if found is not None},
        "stringListValues": [],
        "binaryListValues": [],
    }


def done_messages(
    messages: Sequence[Message], invocation: Invocation, source: QueueSource
) -> list[Message]:
    """The messages to delete.

    With ReportBatchItemFailures an answer that Lambda cannot read fails the whole batch
    (docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html).
    """
    if invocation.error:
        return []
    if not source.reports_item_failures:
        return list(messages)
    failed = _failed_ids(json.loads(invocation.payload))
    known = {message["MessageId"] for message in messages}
    if failed is None or not failed <= known:
        return []
    return [message for message in messages if message["MessageId"] not in failed]


def _failed_ids(answer: Any) -> set[str] | None:
    """None when the answer is not of the documented form; nothing at all means nothing failed."""
    if answer is None:
        return set()
    if not isinstance(answer, dict):
        return None
    items = answer.get("batchItemFailures") or []
    if not isinstance(items, list):
        return None
    ids = [item.get("itemIdentifier") if isinstance(item, dict) else None for item in items]
    return {str(found) for found in ids} if all(ids) else None
