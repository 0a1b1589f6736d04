"""`offers dead-letter …`"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.cli import output
from infra.cli.errors import Refused, WrongUse
from infra.cli.options import Columns, Json, Limit, Output, target

if TYPE_CHECKING:
    from infra.cli.connection.target import Target

app = typer.Typer(help="Messages that could not be handled.", no_args_is_help=True)
SUFFIX = "_dead_letter"
BATCH = 10
COUNT = "ApproximateNumberOfMessages"
LOOK_SECONDS = 5
"""How long a message that was only looked at stays hidden from others."""

Queue = Annotated[str, typer.Argument(help="activation, notification, webhook, outcome …")]


@app.command("list", epilog="Example: `offers dead-letter list`")
def list_queues(context: typer.Context, form: Output = None, json: Json = False) -> None:
    """How many messages wait in each dead-letter queue."""
    stack = target(context)
    sqs = stack.sqs()
    rows = [
        {"queue": name.removesuffix(SUFFIX), "messages": _count(sqs, url)}
        for name, url in sorted(stack.queues().items())
        if name.endswith(SUFFIX)
    ]
    output.show_all(("queue", "messages"), rows, is_json=json, listing=output.Listing(form))


@app.command("show", epilog="Example: `offers dead-letter show notification`")
def show(
    context: typer.Context,
    queue: Queue,
    limit: Limit = 10,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """Read dead letters without taking them: their ids, how often they were tried, their bodies."""
    stack = target(context)
    rows = [
        {
            "message_id": letter["MessageId"],
            "receives": letter["Attributes"]["ApproximateReceiveCount"],
            "body": letter["Body"],
        }
        for letter in _look(stack.sqs(), _dead(stack, queue), limit)
    ]
    output.show_all(
        ("message_id", "receives", "body"),
        rows,
        is_json=json,
        listing=output.Listing(form, columns),
        nothing=f"There is no dead letter in {queue}.",
    )


@app.command(
    "redrive",
    epilog="Examples: `offers dead-letter redrive notification`, "
    "`offers dead-letter redrive webhook --id 5f0c…`",
)
def redrive(
    context: typer.Context,
    queue: Queue,
    message_id: Annotated[
        str | None, typer.Option("--id", help="Only this one, as `show` names it.")
    ] = None,
    json: Json = False,
) -> None:
    """Put dead letters back into their queue. Every message may come twice, so that is harmless.

    One that fails again is counted by `dead-letter list` again, after its queue's tries.
    """
    stack = target(context)
    dead, working = _dead(stack, queue), _working(stack, queue)
    sqs = stack.sqs()
    with output.working(f"Moving messages back to {queue} …"):
        if message_id is not None:
            moved = _move_one(sqs, dead, working, message_id)
        else:
            moved = _move_all(sqs, dead, working)
    output.show({"queue": queue, "moved": moved, "left": _count(sqs, dead)}, is_json=json)


def _dead(stack: Target, queue: str) -> str:
    queues = stack.queues()
    if queue + SUFFIX not in queues:
        known = sorted(n.removesuffix(SUFFIX) for n in queues if n.endswith(SUFFIX))
        message = f"There is no queue {queue!r} with dead letters; there are {', '.join(known)}."
        raise WrongUse(message)
    return queues[queue + SUFFIX]


def _working(stack: Target, queue: str) -> str:
    working = stack.queues().get(queue)
    if working is None:
        message = f"{queue} has dead letters but no queue to put them back into: see its runbook."
        raise WrongUse(message)
    return working


def _look(sqs: Any, dead: str, limit: int) -> Iterator[Any]:
    """Each message once; hidden from others for some seconds only."""
    seen: set[str] = set()
    while len(seen) < limit:
        received = _receive(sqs, dead, LOOK_SECONDS)
        fresh = [each for each in received if each["MessageId"] not in seen]
        if not fresh:
            return
        for letter in fresh[: limit - len(seen)]:
            seen.add(letter["MessageId"])
            yield letter


def _move_all(sqs: Any, dead: str, working: str) -> int:
    moved = 0
    for _ in range(_count(sqs, dead) // BATCH + 2):  # those of now, not those that return
        received = _receive(sqs, dead, 60)
        for letter in received:
            _put_back(sqs, dead, working, letter)
        moved += len(received)
        if not received:
            break
    return moved


def _move_one(sqs: Any, dead: str, working: str, message_id: str) -> int:
    for letter in _look(sqs, dead, _count(sqs, dead) + BATCH):
        if letter["MessageId"] == message_id:
            _put_back(sqs, dead, working, letter)
            return 1
    message = f"There is no dead letter {message_id!r}."
    raise Refused(message, "dead_letter_not_found")


def _put_back(sqs: Any, dead: str, working: str, letter: Any) -> None:
    """Sent first and deleted after, so that none is lost in between."""
    sqs.send_message(QueueUrl=working, MessageBody=letter["Body"])
    sqs.delete_message(QueueUrl=dead, ReceiptHandle=letter["ReceiptHandle"])


def _receive(sqs: Any, dead: str, hidden_seconds: int) -> list[Any]:
    found = sqs.receive_message(
        QueueUrl=dead,
        MaxNumberOfMessages=BATCH,
        WaitTimeSeconds=1,
        VisibilityTimeout=hidden_seconds,
        AttributeNames=["ApproximateReceiveCount"],
    )
    return list(found.get("Messages", []))


def _count(sqs: Any, url: str) -> int:
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[COUNT])
    return int(found["Attributes"][COUNT])
