"""Carries the queues' messages over the end of moto, which keeps them in memory.

SQS loses nothing that it has accepted. Neither does the stack: what a request changed is written
down before its answer leaves, so that whoever was told of a message's acceptance can be killed
together with everything else.
"""

from __future__ import annotations

import json
import threading
import time
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from moto.sqs.models import sqs_backends

from infra.local.stack_folder import write_atomically
from infra.local.template.names import ACCOUNT, REGION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self


@dataclass(frozen=True)
class HeldMessage:
    """``due`` is when it may be received, in Unix seconds: after its delay, or after a pause."""

    id: str
    queue: str
    body: str
    attributes: dict[str, Any]
    group: str | None
    due: float


@dataclass
class MessageJournal:
    """One line for each message that came, changed or went; empty when nothing is held.

    A message that was being worked on is there at once after a restart: whoever had it is gone.
    """

    file: Path
    held: dict[str, HeldMessage] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    """Of messages that were received, by receipt handle."""
    left: set[str] = field(default_factory=set)
    """Queues whose messages of the last run have not been given back yet."""
    gone: set[str] = field(default_factory=set)
    """Received and deleted before it was noted that they had been sent."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, file: Path) -> Self:
        """What the last run left behind; restore() gives it back, queue by queue."""
        journal = cls(file)
        if file.exists():
            for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
                if line.endswith("\n"):  # the last may have been cut short, and was never answered
                    journal._apply(json.loads(line))
        journal.left = {message.queue for message in journal.held.values()}
        write_atomically(file, "".join(_line(each) for each in journal.held.values()))
        return journal

    def restore(self, queue: str) -> None:
        """Give a new, empty queue back what it held, under the same message ids."""
        if queue not in self.left:
            return
        self.left.remove(queue)
        backend = sqs_backends[ACCOUNT][REGION]
        for message in [each for each in self.held.values() if each.queue == queue]:
            delay = max(0, min(900, round(message.due - time.time())))
            again = backend.send_message(
                queue,
                message.body,
                message_attributes=message.attributes,
                delay_seconds=delay,
                group_id=message.group,
            )
            again.id = message.id

    def note(self, action: str, request: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        """What a request that succeeded has changed. ``action`` is SQS's name for it."""
        queue = str(request.get("QueueUrl", "")).rpartition("/")[2]
        with self.lock:
            match action:
                case "SendMessage" | "SendMessageBatch":
                    self._write(self._sent(queue, request, answer))
                case "ReceiveMessage":
                    self._received(answer)
                    self._write(self._dead(queue))
                case "ChangeMessageVisibility" | "ChangeMessageVisibilityBatch":
                    self._write(self._paused(request))
                case "DeleteMessage" | "DeleteMessageBatch":
                    self._write(self._deleted(request))
                case "PurgeQueue":
                    self._write(each.id for each in self.held.values() if each.queue == queue)

    def _sent(
        self, queue: str, request: Mapping[str, Any], answer: Mapping[str, Any]
    ) -> Iterator[HeldMessage]:
        accepted = {each["Id"]: each["MessageId"] for each in answer.get("Successful", [])}
        for entry in _entries(request):
            message_id = answer.get("MessageId") or accepted.get(entry.get("Id"))
            if message_id in self.gone:
                self.gone.remove(message_id)
            elif message_id:
                yield HeldMessage(
                    id=message_id,
                    queue=queue,
                    body=entry["MessageBody"],
                    attributes=entry.get("MessageAttributes") or {},
                    group=entry.get("MessageGroupId"),
                    due=time.time() + int(entry.get("DelaySeconds") or 0),
                )

    def _received(self, answer: Mapping[str, Any]) -> None:
        for message in answer.get("Messages") or []:
            self.ids[message["ReceiptHandle"]] = message["MessageId"]

    def _dead(self, queue: str) -> Iterator[HeldMessage]:
        """moto moves what was received too often when it is to be received once more."""
        dead = sqs_backends[ACCOUNT][REGION].get_queue(queue).dead_letter_queue
        if dead is None:
            return
        for message in list(dead._messages):
            known = self.held.get(message.id)
            if known and known.queue == queue:
                yield replace(known, queue=dead.name, due=time.time())

    def _paused(self, request: Mapping[str, Any]) -> Iterator[HeldMessage]:
        for entry in _entries(request):
            if known := self.held.get(self.ids.get(entry["ReceiptHandle"], "")):
                yield replace(known, due=time.time() + int(entry["VisibilityTimeout"]))

    def _deleted(self, request: Mapping[str, Any]) -> Iterator[str]:
        for entry in _entries(request):
            if message_id := self.ids.pop(entry["ReceiptHandle"], None):
                yield message_id

    def _write(self, changes: Iterable[HeldMessage | str]) -> None:
        lines = []
        for change in list(changes):
            if isinstance(change, str) and change not in self.held:
                self.gone.add(change)
            else:
                lines.append(_line(change))
                self._apply(json.loads(lines[-1]))
        if lines and self.held:
            with self.file.open("a", encoding="utf-8") as file:
                file.writelines(lines)
        elif lines:
            self.file.write_text("", encoding="utf-8")

    def _apply(self, change: dict[str, Any] | str) -> None:
        if isinstance(change, str):
            self.held.pop(change, None)
        else:
            self.held[change["id"]] = HeldMessage(**change)


def _line(change: HeldMessage | str) -> str:
    """A message as it is now, or the id of one that has gone."""
    return json.dumps(change if isinstance(change, str) else asdict(change)) + "\n"


def _entries(request: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Of a batch, or the request itself."""
    return list(request.get("Entries") or [request])
