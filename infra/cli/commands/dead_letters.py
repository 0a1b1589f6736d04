"""`offers dead-letter …`"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.cli import output
from infra.cli.errors import WrongUse
from infra.cli.options import Json, target

if TYPE_CHECKING:
    from infra.cli.connection.target import Target

app = typer.Typer(help="Messages that could not be handled.", no_args_is_help=True)
SUFFIX = "_dead_letter"
BATCH = 10
COUNT = "ApproximateNumberOfMessages"


@app.command("list", epilog="Example: `offers dead-letter list`")
def list_queues(context: typer.Context, json: Json = False) -> None:
    """How many messages wait in each dead-letter queue."""
    stack = target(context)
    sqs = stack.sqs()
    rows = [
        {"queue": name.removesuffix(SUFFIX), "messages": _count(sqs, url)}
        for name, url in sorted(stack.queues().items())
        if name.endswith(SUFFIX)
    ]
    output.show_all(("queue", "messages"), rows, is_json=json)


@app.command("redrive", epilog="Example: `offers dead-letter redrive notification`")
def redrive(
    context: typer.Context,
    queue: Annotated[str, typer.Argument(help="activation, notification, webhook, outcome …")],
    json: Json = False,
) -> None:
    """Put dead letters back into their queue. Every message may come twice, so that is harmless."""
    stack = target(context)
    dead, working = _pair(stack, queue)
    sqs = stack.sqs()
    with output.working(f"Moving messages back to {queue} …"):
        moved = 0
        for _ in range(_count(sqs, dead) // BATCH + 2):  # those of now, not those that return
            batch = _move(sqs, dead, working)
            moved += batch
            if batch == 0:
                break
    output.show({"queue": queue, "moved": moved, "left": _count(sqs, dead)}, is_json=json)


def _pair(stack: Target, queue: str) -> tuple[str, str]:
    queues = stack.queues()
    if queue not in queues or queue + SUFFIX not in queues:
        known = sorted(n.removesuffix(SUFFIX) for n in queues if n.endswith(SUFFIX))
        message = f"There is no queue {queue!r} with dead letters; there are {', '.join(known)}."
        raise WrongUse(message)
    return queues[queue + SUFFIX], queues[queue]


def _move(sqs: Any, dead: str, working: str) -> int:
    """Sent first and deleted after, so that none is lost in between."""
    received = sqs.receive_message(
        QueueUrl=dead, MaxNumberOfMessages=BATCH, WaitTimeSeconds=1, VisibilityTimeout=60
    ).get("Messages", [])
    for message in received:
        sqs.send_message(QueueUrl=working, MessageBody=message["Body"])
        sqs.delete_message(QueueUrl=dead, ReceiptHandle=message["ReceiptHandle"])
    return len(received)


def _count(sqs: Any, url: str) -> int:
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[COUNT])
    return int(found["Attributes"][COUNT])
