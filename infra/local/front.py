"""Everything that drives the functions: the gateway, the queues, the schedules, the controls."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType

from infra.local.aws_resources import AwsClients
from infra.local.clock import MovableClock
from infra.local.control.app import Controls, control_app
from infra.local.control.mailbox import Mailbox
from infra.local.control.metrics import MetricLog
from infra.local.control.webhooks import WebhookInbox
from infra.local.data_folder import DataFolder
from infra.local.events.queue_pollers import QueuePollers
from infra.local.events.scheduler import Scheduler
from infra.local.gateway.api_keys import ApiKeys
from infra.local.gateway.authorizers import Authorizers
from infra.local.gateway.service import Gateway, gateway_app
from infra.local.gateway.site import Site
from infra.local.ports import HOST, Ports
from infra.local.provisioning.server import ProvisioningServer
from infra.local.provisioning.simulator import Simulator
from infra.local.runtime.lambda_runtime import LambdaRuntime
from infra.local.servers.backing import Backing
from infra.local.servers.web import WebServer
from infra.local.template.model import StackTemplate


@dataclass
class Front:
    """A context manager: serving inside, nothing left of it outside."""

    data: DataFolder
    template: StackTemplate
    runtime: LambdaRuntime
    backing: Backing
    ports: Ports
    running: ExitStack = field(default_factory=ExitStack)
    provisioning: ProvisioningServer = field(init=False)

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.ports.api}"

    def __enter__(self) -> "Front":
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
        clock = MovableClock(self.data.clock_offset)
        self.provisioning = ProvisioningServer.start(self.ports.provisioning, Simulator())
        self.running.callback(self.provisioning.stop)
        clients = AwsClients(self.backing.aws.url)
        pollers = QueuePollers.start(self.template.sources, clients, self.runtime)
        self.running.callback(pollers.stop)
        scheduler = Scheduler.start(self.template.schedules, clock, self.runtime)
        self.running.callback(scheduler.stop)
        server = WebServer.start(HOST, self.ports.api, self._site(clock, clients, scheduler))
        self.running.callback(server.stop)

    def _site(self, clock: MovableClock, clients: AwsClients, scheduler: Scheduler) -> Site:
        gateway = Gateway(
            self.template.api,
            self.runtime,
            ApiKeys(clients.client("apigateway", connections=50)),
            Authorizers(self.runtime, self.template.api.authorizer_ttl_seconds),
        )
        controls = Controls(
            clock=clock,
            mailbox=Mailbox(self.data.mailbox),
            metrics=MetricLog(self.data.logs),
            webhooks=WebhookInbox(),
            simulator=self.provisioning.app.simulator,
            scheduler=scheduler,
            runtime=self.runtime,
            parts=self._parts,
        )
        return Site(gateway_app(gateway, self.ports.api), control_app(controls))

    def _parts(self) -> list[dict[str, str]]:
        addresses = {
            "PostgreSQL": self.backing.postgres.uri,
            "Redis": self.backing.redis.uri,
            "AWS (moto)": self.backing.aws.url,
            "Lambda runtime": f"{len(self.template.functions)} functions",
        }
        backing = [
            {"name": name, "state": "running" if alive else "stopped", "address": addresses[name]}
            for name, alive in self.backing.states().items()
        ]
        return [
            {"name": "API Gateway", "state": "running", "address": self.url},
            {"name": "Provisioning", "state": "running", "address": self.provisioning.url},
            *backing,
        ]
