"""Outbox messages as entries of SendMessageBatch."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from offers.domain.messages import WebhookCall
from offers.ports import message_codec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from offers.domain.messages import Outgoing
    from offers.domain.outbox import OutboxMessage
    from offers.ports.message_codec import Message

MAX_ENTRIES = 10
MAX_BYTES = 256 * 1024
"""What one call (and so one message) may weigh in every region; SQS may allow more."""
MAX_DELAY_SECONDS = 900

Entry = tuple["OutboxMessage", dict[str, Any]]


def entries(messages: Iterable[OutboxMessage], now: datetime) -> list[Entry]:
    """Each message with its entry; an entry's id is its place in the list."""
    return [
        (
            message,
            {
                "Id": str(place),
                "MessageBody": body(message.content),
                "DelaySeconds": delay_seconds(message.deliver_at, now),
                **_group(message.content),
            },
        )
        for place, message in enumerate(messages)
    ]


def _group(content: Outgoing) -> dict[str, str]:
    """What is a partner's goes by partner: in a fair queue, one with a backlog does not hold up
    the others (SQS Developer Guide, "Amazon SQS fair queues")."""
    if isinstance(content, WebhookCall):
        return {"MessageGroupId": str(content.partner_id)}
    return {}


def body(message: Message) -> str:
    """JSON in ASCII: SQS refuses some characters of Unicode, but none of their escapes."""
    return json.dumps(message_codec.write(message))


def delay_seconds(deliver_at: datetime, now: datetime) -> int:
    """How long SQS should hold a message back: rounded up, 0 to 900."""
    return min(max(math.ceil((deliver_at - now).total_seconds()), 0), MAX_DELAY_SECONDS)


def weight(entry: Entry) -> int:
    """The bytes that count against the limit of a call."""
    return len(entry[1]["MessageBody"])  # ASCII, see body()


def batches(sendable: Sequence[Entry]) -> Iterator[list[Entry]]:
    """Fill each call with up to ten entries that together are not too heavy."""
    batch: list[Entry] = []
    for entry in sendable:
        is_heavy = sum(map(weight, batch)) + weight(entry) > MAX_BYTES
        if batch and (is_heavy or len(batch) == MAX_ENTRIES):
            yield batch
            batch = []
        batch.append(entry)
    if batch:
        yield batch
