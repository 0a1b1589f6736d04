"""The laptop stack as a whole: starts every part, in an order that wastes no time, and stops it."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from infra.local.aws_resources import AwsClients, CreatedResources, create_resources
from infra.local.clock import MovableClock
from infra.local.errors import StackError
from infra.local.event_sources import EventSources
from infra.local.ports import HOST, Ports, choose_ports
from infra.local.progress import Say, silent
from infra.local.recovery import give_free
from infra.local.runtime.lambda_runtime import LambdaRuntime
from infra.local.secret_keys import sealing_keys, token_keys
from infra.local.seed.rows import seed
from infra.local.servers.servers import Servers, running_servers
from infra.local.servers.started import StartedProcesses
from infra.local.settings import (
    EMAIL_SENDER,
    MIGRATE_FUNCTION,
    RELEASE,
    SEALING_KEYS_SECRET,
    STAGE,
    TOKEN_KEYS_SECRET,
    StackSettings,
)
from infra.local.stack_file import StackAddresses
from infra.local.stack_folder import StackFolder

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from infra.local.template.model import StackTemplate

APP_ORIGIN = "http://localhost:5173"
"""Where a web app is developed; its pages may call this stack (CORS)."""


class LaptopStack:
    """``with LaptopStack(StackSettings(folder, port=0)) as stack:`` or start() and stop().

    After start(), ``addresses`` says where everything answers.
    """

    addresses: StackAddresses
    runtime: LambdaRuntime

    def __init__(
        self, settings: StackSettings, say: Say = silent, say_request: Say = silent
    ) -> None:
        self.settings = settings
        self.folder = StackFolder(settings.data_folder)
        self.say = say
        self.say_request = say_request
        self._running = ExitStack()

    @property
    def data_dir(self) -> Path:
        """DATA_DIR."""
        return self.folder.root

    @property
    def url(self) -> str:
        """The API's."""
        return self.addresses.api

    def __enter__(self) -> LaptopStack:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Ready when it returns. Raises StackError, having stopped what it had started."""
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End every process that start() began; again is harmless."""
        self._running.close()

    def renew_template(self) -> bool:
        """Read the template again and serve its functions and routes instead of those of before.
        False if a queue or a schedule changed, too: that needs a restart.

        Raises StackError when it cannot be read; nothing has changed then.
        """
        template = self._read_template(self._sources.ports)
        self.runtime.renew(template.functions)
        return self._sources.renew_template(template)

    def _start(self) -> None:
        self.folder.lock()
        self._running.callback(self.folder.unlock)
        StartedProcesses(self.folder.started_processes).stop_leftovers()
        ports = choose_ports(self.settings.port)
        servers = self._running.enter_context(running_servers(self.folder, ports))
        template = self._read_template(ports)
        servers.wait(self.say)
        secrets = {
            TOKEN_KEYS_SECRET: token_keys(self.folder.token_keys),
            SEALING_KEYS_SECRET: sealing_keys(self.folder.sealing_keys),
        }
        created = create_resources(AwsClients(servers.aws.url), template, secrets)
        runtime = self._runtime(template, servers)
        self._running.callback(runtime.close)
        webhook_url = f"http://{HOST}:{ports.api}/_local/webhooks"
        self._prepare_database(runtime, servers, created, webhook_url)
        sources = self._running.enter_context(
            EventSources(self.folder, template, runtime, servers, ports, self.say_request)
        )
        self.runtime, self._sources = runtime, sources
        self.addresses = _addresses(sources, servers, created)
        self._publish()

    def _read_template(self, ports: Ports) -> StackTemplate:
        from infra.local.template.read import read_template
        from infra.local.template.translations import Addresses

        parameters = {
            "Stage": STAGE,
            "Release": RELEASE,
            "PublicUrl": f"http://{HOST}:{ports.api}",
            "AllowedOrigin": APP_ORIGIN,
            "EmailSender": EMAIL_SENDER,
            "ProvisioningUrl": f"http://{HOST}:{ports.provisioning}",
        }
        if not self.settings.limits_clients:
            parameters |= {"RequestsPerClient": "0", "SignInsPerClient": "0"}
        aws = Addresses(f"http://{HOST}:{ports.aws}")
        return read_template(self.settings.template, aws, parameters)

    def _runtime(self, template: StackTemplate, servers: Servers) -> LambdaRuntime:
        return LambdaRuntime(
            functions=template.functions,
            zygote=servers.zygote,
            log_folder=self.folder.logs,
            overrides={
                "RELEASE": RELEASE,
                "DATABASE_URL": servers.postgres.application_uri,
                "DATABASE_SECRET_ID": "",
                "OWNER_DATABASE_URL": servers.postgres.uri,
                "OWNER_SECRET_ID": "",
                "REDIS_URL": servers.redis.uri,
                "REDIS_SECRET_ID": "",
                "PROVISIONING_SECRET_ID": "",
                "TOKEN_KEYS_SECRET_ID": TOKEN_KEYS_SECRET,
                "SEALING_KEYS_SECRET_ID": SEALING_KEYS_SECRET,
                "CLOCK_OFFSET_FILE": str(self.folder.clock_offset),
            },
            additions={"AWS_ENDPOINT_URL": servers.aws.url},
        )

    def _prepare_database(
        self, runtime: LambdaRuntime, servers: Servers, created: CreatedResources, webhook_url: str
    ) -> None:
        if MIGRATE_FUNCTION not in runtime.functions:
            return
        migrated = runtime.invoke(MIGRATE_FUNCTION, {})
        if migrated.error:
            message = f"The database could not be migrated: {migrated.error['errorMessage']}"
            raise StackError(message)
        seed(servers.postgres.uri, STAGE, created.partner_key_id, webhook_url)
        give_free(servers.postgres.uri, MovableClock(self.folder.clock_offset).now())
        self.say("Database      migrated and seeded")

    def _publish(self) -> None:
        self.addresses.write(self.folder.stack_file)
        self._running.callback(self.folder.stack_file.unlink, missing_ok=True)


def _addresses(
    sources: EventSources, servers: Servers, created: CreatedResources
) -> StackAddresses:
    return StackAddresses(
        api=sources.url,
        aws=servers.aws.url,
        provisioning=sources.provisioning.url,
        postgres=servers.postgres.uri,
        postgres_tcp=sources.postgres_tcp,
        redis=servers.redis.uri,
        postgres_pid=servers.postgres.pid,
        redis_pid=servers.redis.process.pid,
        queues=created.queues,
    )
