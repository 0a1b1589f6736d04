"""moto's queues, made to work out only the attributes that are asked for.

For each message sent or received moto looks at one attribute of the queue and works out all of
them, which counts the queue's messages three times: with 1,700 waiting, sending one took 20 ms and
receiving ten took seconds, so a sweep that had as many subscriptions due gave no answer for
minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.utils import camelcase_to_underscores
from moto.sqs.models import Queue


@dataclass(frozen=True)
class AskedAttributes(Mapping[str, Any]):
    """Queue.attributes, one by one."""

    queue: Queue

    def __getitem__(self, name: str) -> Any:
        if name not in self._names():
            raise KeyError(name)
        value = getattr(self.queue, camelcase_to_underscores(name))
        if name == "RedrivePolicy" and value:
            return json.dumps(value)
        return str(value).lower() if isinstance(value, bool) else value

    def __iter__(self) -> Iterator[str]:
        return iter(self._names())

    def __len__(self) -> int:
        return len(self._names())

    def _names(self) -> list[str]:
        queue = self.queue
        names = (
            *queue.BASE_ATTRIBUTES,
            *(queue.FIFO_ATTRIBUTES if queue.fifo_queue else ()),
            *(queue.KMS_ATTRIBUTES if getattr(queue, "kms_master_key_id", None) else ()),
            *(["Policy"] if queue.policy else ()),
            *(["RedrivePolicy"] if queue.redrive_policy else ()),
        )
        return list(dict.fromkeys(names))


def work_out_what_is_asked() -> None:
    """From now on, for every queue."""
    setattr(Queue, "attributes", property(AskedAttributes))  # noqa: B010  # moto's own is a property too
