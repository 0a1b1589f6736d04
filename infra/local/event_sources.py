"""Everything that drives the functions: the gateway, the queues, the schedules, the controls."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

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
from infra.local.logs.new_lines import NewLines
from infra.local.ports import HOST, Ports
from infra.local.progress import Say, silent
from infra.local.provisioning.server import ProvisioningServer
from infra.local.provisioning.simulator import Simulator
from infra.local.servers.loopback import LoopbackOnly
from infra.local.servers.postgres import DATABASE
from infra.local.servers.postgres_port import PostgresPort
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
    say_request: Say = silent
    running: ExitStack = field(default_factory=ExitStack)
    provisioning: ProvisioningServer = field(init=False)
    site: GatewayBesideControls = field(init=False)

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
        port = PostgresPort.start(self.ports.postgres, self.servers.postgres.socket_file)
        self.running.callback(port.stop)
        self.site = self._gateway_beside_controls(clock, scheduler)
        server = WebServer.start(HOST, self.ports.api, self.site)
        self.running.callback(server.stop)

    def renew_template(self, template: StackTemplate) -> bool:
        """Serve its routes from now on. False if its queues or schedules are others: they stay as
        they were."""
        before, self.template = self.template, template
        self.site.gateway = self._gateway()
        return _fixed(before) == _fixed(template)

    def _gateway(self) -> Any:
        keys = AwsClients(self.servers.aws.url).client("apigateway", connections=50)
        authorizers = Authorizers(self.runtime, self.template.api.authorizer_ttl_seconds)
        gateway = Gateway(
            self.template.api, self.runtime, ApiKeys(keys), authorizers, self.say_request
        )
        return gateway_app(gateway, self.ports.api)

    def _gateway_beside_controls(
        self, clock: MovableClock, scheduler: Scheduler
    ) -> GatewayBesideControls:
        controls = Controls(
            clock=clock,
            mailbox=Mailbox(self.folder.mailbox),
            metrics=MetricLog(NewLines(self.folder.logs)),
            webhooks=WebhookInbox(),
            simulator=self.provisioning.app.simulator,
            scheduler=scheduler,
            runtime=self.runtime,
            parts=self._parts,
        )
        return GatewayBesideControls(self._gateway(), LoopbackOnly(control_app(controls)))

    @property
    def postgres_tcp(self) -> str:
        """PostgreSQL's address for whoever cannot use a unix socket."""
        return f"postgresql://postgres@{HOST}:{self.ports.postgres}/{DATABASE}"

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


def _fixed(template: StackTemplate) -> tuple[Any, ...]:
    """What is made when a stack starts."""
    return template.queues, template.sources, template.schedules
