"""The queue between the sweeps and the lifecycle workers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from offers.adapters.aws import failure_code
from offers.adapters.sqs.batches import MAX_ENTRIES, body

if TYPE_CHECKING:
    from collections.abc import Sequence

    from offers.adapters.aws import ClientFactory
    from offers.domain.due_task import DueTask

logger = logging.getLogger(__name__)


class SqsLifecycleQueue:
    """Port LifecycleQueue."""

    def __init__(self, client: ClientFactory, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def send(self, tasks: Sequence[DueTask]) -> int:
        """Ten to a call. After a call that failed as a whole the rest is not tried."""
        refused = 0
        for start in range(0, len(tasks), MAX_ENTRIES):
            batch = tasks[start : start + MAX_ENTRIES]
            try:
                answer = self._client().send_message_batch(
                    QueueUrl=self._queue_url,
                    Entries=[
                        {"Id": str(place), "MessageBody": body(task)}
                        for place, task in enumerate(batch)
                    ],
                )
            except Exception as failure:  # noqa: BLE001  # the next sweep finds them again
                logger.warning("the lifecycle queue took nothing: %s", failure_code(failure))
                return refused + len(tasks) - start
            refused += len(answer.get("Failed", ()))
        return refused

    def backlog(self) -> int | None:
        """How many messages can be received now, as SQS estimates it."""
        wanted = "ApproximateNumberOfMessages"
        try:
            attributes = self._client().get_queue_attributes(
                QueueUrl=self._queue_url, AttributeNames=[wanted]
            )["Attributes"]
            return int(attributes[wanted])
        except Exception as failure:  # noqa: BLE001  # whatever it was, the promise is None
            logger.warning("the lifecycle queue's backlog is unknown: %s", failure_code(failure))
            return None
