"""All pollers of the template, woken as soon as anything is sent to any queue."""

from __future__ import annotations

import threading
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.local.events.queue_poller import QueuePoller
from infra.local.template.translations import Addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infra.local.aws_resources import AwsClients
    from infra.local.runtime.lambda_runtime import LambdaRuntime
    from infra.local.template.model import QueueSource

CONNECTIONS = 50


@dataclass(frozen=True)
class QueuePollers:
    """One poller for each SQS event source."""

    pollers: tuple[QueuePoller, ...]
    stopping: threading.Event
    aws_url: str

    @classmethod
    def start(
        cls, sources: Iterable[QueueSource], clients: AwsClients, runtime: LambdaRuntime
    ) -> QueuePollers:
        """One thread for each queue, and one that hears of new messages."""
        sqs, stopping = clients.client("sqs", CONNECTIONS), threading.Event()
        addresses = Addresses(clients.url)
        pollers = tuple(
            QueuePoller(source, addresses.queue_url(source.queue_name), sqs, runtime, stopping)
            for source in sources
        )
        started = cls(pollers, stopping, clients.url)
        for poller in pollers:
            poller.start()
        threading.Thread(target=started._follow_sends, name="follow sends", daemon=True).start()
        return started

    def stop(self) -> None:
        """Receive nothing more; what is being worked on goes on."""
        self.stopping.set()
        for poller in self.pollers:
            poller.wake.set()

    def _follow_sends(self) -> None:
        known = ""
        while not self.stopping.is_set():
            try:
                with urllib.request.urlopen(f"{self.aws_url}/_laptop/sends?{known}") as answer:  # noqa: S310  # loopback
                    known = answer.read().decode()
            except OSError:
                self.stopping.wait(1.0)
            for poller in self.pollers:
                poller.wake.set()
