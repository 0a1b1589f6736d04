"""Everything that drives the functions: the gateway, the queues, the schedules, the controls."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from infra.local.aws_resources import AwsClients
from infra.local.clock import MovableClock
from infra.local.control.app import Controls, control_app
from infra.local.control.mailbox import Mailbox
from infra.local.control.metrics import MetricLog
from infra.local.control.webhooks import WebhookInbox
from infra.local.events.queue_pollers import QueuePollers
from infra.local.events.scheduler import Scheduler
from infra.local.gateway.api_keys import ApiKeys
from infra.local.gateway.authorizers import Authorizers
from infra.local.gateway.beside_controls import GatewayBesideControls
from infra.local.gateway.service import Gateway, gateway_app
from infra.local.ports import HOST, Ports
from infra.local.provisioning.server import ProvisioningServer
from infra.local.provisioning.simulator import Simulator
from infra.local.servers.loopback import LoopbackOnly
from infra.local.servers.web import WebServer

if TYPE_CHECKING:
    from types import TracebackType

    from infra.local.runtime.lambda_runtime import LambdaRuntime
    from infra.local.servers.servers import Servers
    from infra.local.stack_folder import StackFolder
    from infra.local.template.model import StackTemplate


@dataclass
class EventSources:
    """A context manager: serving inside, nothing left of it outside."""

    folder: StackFolder
    template: StackTemplate
    runtime: LambdaRuntime
    servers: Servers
    ports: Ports
    running: ExitStack = field(default_factory=ExitStack)
    provisioning: ProvisioningServer = field(init=False)

    @property
    def url(self) -> str:
        """The API's."""
        return f"http://{HOST}:{self.ports.api}"

    def __enter__(self) -> EventSources:
        with self.running:
            self._enter()
            self.running = self.running.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.running.close()

    def _enter(self) -> None:
        clock = MovableClock(self.folder.clock_offset)
        self.provisioning = ProvisioningServer.start(self.ports.provisioning, Simulator())
        self.running.callback(self.provisioning.stop)
        clients = AwsClients(self.servers.aws.url)
        pollers = QueuePollers.start(self.template.sources, clients, self.runtime)
        self.running.callback(pollers.stop)
        scheduler = Scheduler.start(self.template.schedules, clock, self.runtime)
        self.running.callback(scheduler.stop)
        server = WebServer.start(
            HOST, self.ports.api, self._gateway_beside_controls(clock, clients, scheduler)
        )
        self.running.callback(server.stop)

    def _gateway_beside_controls(
        self, clock: MovableClock, clients: AwsClients, scheduler: Scheduler
    ) -> GatewayBesideControls:
        gateway = Gateway(
            self.template.api,
            self.runtime,
            ApiKeys(clients.client("apigateway", connections=50)),
            Authorizers(self.runtime, self.template.api.authorizer_ttl_seconds),
        )
        controls = Controls(
            clock=clock,
            mailbox=Mailbox(self.folder.mailbox),
            metrics=MetricLog(self.folder.logs),
            webhooks=WebhookInbox(),
            simulator=self.provisioning.app.simulator,
            scheduler=scheduler,
            runtime=self.runtime,
            parts=self._parts,
        )
        return GatewayBesideControls(
            gateway_app(gateway, self.ports.api), LoopbackOnly(control_app(controls))
        )

    def _parts(self) -> list[dict[str, str]]:
        addresses = {
            "PostgreSQL": self.servers.postgres.uri,
            "Redis": self.servers.redis.uri,
            "AWS (moto)": self.servers.aws.url,
            "Lambda runtime": f"{len(self.template.functions)} functions",
        }
        servers = [
            {"name": name, "state": "running" if alive else "stopped", "address": addresses[name]}
            for name, alive in self.servers.states().items()
        ]
        return [
            {"name": "API Gateway", "state": "running", "address": self.url},
            {"name": "Provisioning", "state": "running", "address": self.provisioning.url},
            *servers,
        ]
