"""Feeds a function from its queue as Lambda's event source mapping does."""

from __future__ import annotations

import contextlib
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.events.sqs_event import Message, done_messages, sqs_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.local.runtime.lambda_runtime import LambdaRuntime
    from infra.local.template.model import QueueSource

IDLE_SECONDS = 1.0
"""How often an idle queue is looked at: a delay or a visibility timeout ends without a sign."""
SQS_MAXIMUM = 10


@dataclass
class QueuePoller:
    """Polls one queue until ``stopping``, with up to MaximumConcurrency batches in flight."""

    source: QueueSource
    queue_url: str
    sqs: Any
    runtime: LambdaRuntime
    stopping: threading.Event
    wake: threading.Event = field(default_factory=threading.Event)
    slots: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self.slots = threading.Semaphore(self.source.maximum_concurrency)

    def start(self) -> None:
        """Poll in a thread of its own."""
        name = f"poll {self.source.queue_name}"
        threading.Thread(target=self._run, name=name, daemon=True).start()

    def _run(self) -> None:
        while not self.stopping.is_set():
            self.slots.acquire()
            self.wake.clear()
            batch = self._receive_batch()
            if batch:
                threading.Thread(target=self._process, args=(batch,), daemon=True).start()
            else:
                self.slots.release()
                self.wake.wait(IDLE_SECONDS)

    def _receive_batch(self) -> list[Message]:
        """Up to BatchSize messages, waiting for more no longer than the batching window."""
        batch = self._receive(self.source.batch_size)
        deadline = time.monotonic() + self.source.window_seconds
        while batch and len(batch) < self.source.batch_size and time.monotonic() < deadline:
            if self.stopping.wait(0.1):
                break
            batch += self._receive(self.source.batch_size - len(batch))
        return batch

    def _receive(self, wanted: int) -> list[Message]:
        try:
            answer = self.sqs.receive_message(
                QueueUrl=self.queue_url,
                MaxNumberOfMessages=min(wanted, SQS_MAXIMUM),
                WaitTimeSeconds=0,
                MessageSystemAttributeNames=["All"],
                MessageAttributeNames=["All"],
            )
        except (BotoCoreError, ClientError):
            return []  # the stand-in for AWS is stopping, or will answer next time
        received: list[Message] = answer.get("Messages", [])
        return received

    def _process(self, batch: Sequence[Message]) -> None:
        try:
            event = sqs_event(batch, self.source.queue_arn)
            invocation = self.runtime.invoke(self.source.function_name, event)
            self._delete(done_messages(batch, invocation, self.source))
        finally:
            self.slots.release()
            self.wake.set()

    def _delete(self, done: Sequence[Message]) -> None:
        for start in range(0, len(done), SQS_MAXIMUM):
            entries = [
                {"Id": str(index), "ReceiptHandle": message["ReceiptHandle"]}
                for index, message in enumerate(done[start : start + SQS_MAXIMUM])
            ]
            with contextlib.suppress(BotoCoreError, ClientError):
                self.sqs.delete_message_batch(QueueUrl=self.queue_url, Entries=entries)
