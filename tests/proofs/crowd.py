"""Many at once: threads that start together, and an outside that bears them."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from tests.fakes.provisioning import FakeProvisioning
from tests.fakes.queues import FakeQueues

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from offers.domain.ids import TransactionId
    from offers.domain.outbox import OutboxMessage, Topic
    from offers.domain.outcome import Finding, Outcome
    from offers.ports.outside.provisioning import ProvisioningOrder


def at_once(actions: Sequence[Callable[[], Any]], threads: int | None = None) -> list[Any]:
    """What each action came to, in order; of those that raised, the exception."""
    workers = min(threads or len(actions), len(actions))
    everybody = threading.Barrier(workers)
    started = threading.local()

    def run(action: Callable[[], Any]) -> Any:
        if not hasattr(started, "yes"):
            started.yes = True
            everybody.wait(10)
        try:
            return action()
        except Exception as error:  # noqa: BLE001  # the outcome is what the test looks at
            return error

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, actions))


def kinds(outcomes: Sequence[Any]) -> dict[str, int]:
    """How many outcomes of each type, by name."""
    names = [type(each).__name__ for each in outcomes]
    return {name: names.count(name) for name in sorted(set(names))}


class SharedProvisioning(FakeProvisioning):
    """Takes ``seconds`` for each call, so that whoever may overlap does."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds
        self._lock = threading.Lock()

    def activate(self, order: ProvisioningOrder) -> Outcome:
        time.sleep(self.seconds)
        with self._lock:
            return super().activate(order)

    def find(self, operation_id: TransactionId) -> Finding:
        time.sleep(self.seconds)
        with self._lock:
            return super().find(operation_id)


class SharedQueues(FakeQueues):
    """Remembers every message ever sent, how often, in ``times_sent``."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds
        self.times_sent: dict[Any, int] = {}
        self._lock = threading.Lock()

    def send(self, messages: Sequence[OutboxMessage]) -> Mapping[OutboxMessage, str]:
        time.sleep(self.seconds)
        with self._lock:
            refused = super().send(messages)
            for each in messages:
                if each not in refused:
                    self.times_sent[each.id] = self.times_sent.get(each.id, 0) + 1
            return refused

    def take(self, topic: Topic) -> list[OutboxMessage]:
        with self._lock:
            return super().take(topic)
