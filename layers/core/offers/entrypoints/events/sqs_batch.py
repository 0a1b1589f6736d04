"""SQS batches with typed partial failures (ReportBatchItemFailures): each message is done, or comes
again.

A complete function stands in functions/activation/consume_activations.py.

With ``at_once`` the messages of a batch are worked on side by side: most of their time is waiting
for systems outside. Each is done, fails and is logged by itself, as if it had come alone.

With ``needs_seconds`` a message that could not be finished in time is not begun but put back at
once; the queue's receive count then grows, but no try of ours is spent.

What ``process`` raises fails that message only: it comes again after the queue's visibility timeout
and lands in the dead-letter queue when its receive count is spent. So does what is not a JSON
object, read strictly.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from offers.domain import strict_json
from offers.entrypoints import telemetry
from offers.entrypoints.metric_names import Metric
from offers.ports.outside.visibility import Visibility

LONGEST_DELAY_SECONDS = 12 * 60 * 60 - 60
"""SQS caps the total time a message is in flight at 12 hours."""


@dataclass(frozen=True, slots=True)
class Message:
    """``receive_count`` is 1 at the first delivery; ``remaining_seconds`` is what the function
    has left."""

    id: str
    body: dict[str, Any]
    receive_count: int
    remaining_seconds: float


@dataclass(frozen=True, slots=True)
class Done:
    """Delete the message."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Deliver it again after this long; it counts as a receive."""

    after_seconds: int


Result = Done | Retry
DONE = Done()


class _ComesAgain(Exception):
    """Tells the batch processor to report the message as failed."""


def handler(
    process: Callable[[Message], Result],
    visibility: Callable[[], Visibility] | None = None,
    needs_seconds: Callable[[], float] = lambda: 0,
    at_once: int = 1,
    pause: Callable[[int], int] | None = None,
) -> Callable[[dict[str, Any], LambdaContext], dict[str, Any]]:
    """The Lambda handler; ``visibility`` is asked for on the first Retry only.

    Without it a Retry waits as long as the queue's own visibility timeout. ``needs_seconds`` is
    the longest that one message may take, ``at_once`` how many may be worked on side by side.
    ``pause`` says how many seconds a message waits whose processing raised, by its receive count;
    without it, the queue's own timeout.
    """

    def one(record: SQSRecord, lambda_context: LambdaContext) -> None:
        queue = record.event_source_arn.rpartition(":")[2]
        if lambda_context.get_remaining_time_in_millis() < needs_seconds() * 1000:
            telemetry.logger.warning("too late to begin", extra={"message_id": record.message_id})
            _postpone(visibility, record, 0)
            raise _ComesAgain
        try:
            result = process(_message(record, lambda_context))
        except Exception:
            telemetry.logger.exception("message failed", extra={"message_id": record.message_id})
            telemetry.measure(Metric.MESSAGES_FAILED, queue=queue)
            if pause is not None:
                _postpone(visibility, record, pause(_receive_count(record)))
            raise
        telemetry.measure(Metric.MESSAGES_PROCESSED, queue=queue)
        if isinstance(result, Retry):
            _postpone(visibility, record, result.after_seconds)
            raise _ComesAgain

    def handle(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        telemetry.begin("", context)
        if not event["Records"]:  # a release that is checked
            return {"batchItemFailures": []}
        return _worked_on(event, one, context, at_once)

    return handle


def _worked_on(
    event: dict[str, Any], one: Callable[..., None], context: LambdaContext, at_once: int
) -> dict[str, Any]:
    """Every message, side by side as far as that is allowed; which of them failed."""
    processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)
    if at_once == 1:
        return dict(process_partial_response(event, one, processor, context))
    with ThreadPoolExecutor(at_once) as workers:
        begun = {
            record["messageId"]: workers.submit(copy_context().run, one, SQSRecord(record), context)
            for record in event["Records"]
        }

        def outcome(record: SQSRecord) -> None:
            begun[record.message_id].result()

        return dict(process_partial_response(event, outcome, processor, context))


def _message(record: SQSRecord, context: LambdaContext) -> Message:
    return Message(
        id=record.message_id,
        body=strict_json.read_object(record.body),
        receive_count=_receive_count(record),
        remaining_seconds=context.get_remaining_time_in_millis() / 1000,
    )


def _receive_count(record: SQSRecord) -> int:
    return int(record.attributes.approximate_receive_count)


def growing_pause(receive_count: int) -> int:
    """Half a minute, then twice as long each time, up to an hour: with twenty receives the whole
    takes half a day, which is a longer outage than most."""
    return min(30 << (receive_count - 1), 3600)


def _postpone(visibility: Callable[[], Visibility] | None, record: SQSRecord, seconds: int) -> None:
    if visibility is not None:
        delay = min(max(seconds, 0), LONGEST_DELAY_SECONDS)
        visibility().hide(record.receipt_handle, delay)
