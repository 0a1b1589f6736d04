"""All pollers of the template, woken as soon as anything is sent to any queue."""

import threading
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass

from infra.local.aws_resources import AwsClients
from infra.local.events.queue_poller import QueuePoller
from infra.local.runtime.lambda_runtime import LambdaRuntime
from infra.local.template.model import QueueSource
from infra.local.template.translations import Addresses

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
    ) -> "QueuePollers":
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
        self.stopping.set()
        for poller in self.pollers:
            poller.wake.set()

    def _follow_sends(self) -> None:
        known = ""
        while not self.stopping.is_set():
            try:
                with urllib.request.urlopen(f"{self.aws_url}/_laptop/sends?{known}") as answer:  # noqa: S310 - loopback
                    known = answer.read().decode()
            except OSError:
                self.stopping.wait(1.0)
            for poller in self.pollers:
                poller.wake.set()
