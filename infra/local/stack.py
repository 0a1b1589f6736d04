"""The laptop stack as a whole: starts every part, in an order that wastes no time, and stops it."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from infra.local.aws_resources import AwsClients, CreatedResources, create_resources
from infra.local.data_folder import DataFolder
from infra.local.errors import StackError
from infra.local.front import Front
from infra.local.ports import HOST, Ports, choose_ports
from infra.local.progress import Say, silent
from infra.local.runtime.lambda_runtime import LambdaRuntime
from infra.local.secret_keys import sealing_keys, token_keys
from infra.local.seed.rows import seed
from infra.local.servers.backing import Backing, backing_servers
from infra.local.servers.started import StartedProcesses
from infra.local.settings import (
    MIGRATE_FUNCTION,
    RELEASE,
    SEALING_KEYS_SECRET,
    STAGE,
    TOKEN_KEYS_SECRET,
    StackSettings,
)
from infra.local.stack_file import StackAddresses
from infra.local.template.model import StackTemplate


class LaptopStack:
    """`with LaptopStack(StackSettings(folder, port=0)) as stack:` or start() and stop().

    After start(), `addresses` says where everything answers.
    """

    addresses: StackAddresses

    def __init__(self, settings: StackSettings, say: Say = silent) -> None:
        self.settings = settings
        self.data = DataFolder(settings.data_folder)
        self.say = say
        self._running = ExitStack()

    @property
    def data_dir(self) -> Path:
        return self.data.root

    @property
    def url(self) -> str:
        return self.addresses.api

    def __enter__(self) -> "LaptopStack":
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

    def _start(self) -> None:
        self.data.lock()
        self._running.callback(self.data.unlock)
        StartedProcesses(self.data.started_processes).stop_leftovers()
        ports = choose_ports(self.settings.port)
        backing = self._running.enter_context(backing_servers(self.data, ports))
        template = self._read_template(ports)
        backing.wait(self.say)
        secrets = {
            TOKEN_KEYS_SECRET: token_keys(self.data.token_keys),
            SEALING_KEYS_SECRET: sealing_keys(self.data.sealing_keys),
        }
        created = create_resources(AwsClients(backing.aws.url), template, secrets)
        runtime = self._runtime(template, backing)
        self._running.callback(runtime.close)
        webhook_url = f"http://{HOST}:{ports.api}/_local/webhooks"
        self._prepare_database(runtime, backing, created, webhook_url)
        front = self._running.enter_context(Front(self.data, template, runtime, backing, ports))
        self.addresses = _addresses(front, backing, created)
        self._publish()

    def _read_template(self, ports: Ports) -> StackTemplate:
        from infra.local.template.read import read_template
        from infra.local.template.translations import Addresses

        parameters = {
            "Stage": STAGE,
            "Release": RELEASE,
            "PublicUrl": f"http://{HOST}:{ports.api}",
            "ProvisioningUrl": f"http://{HOST}:{ports.provisioning}",
        }
        aws = Addresses(f"http://{HOST}:{ports.aws}")
        return read_template(self.settings.template, aws, parameters)

    def _runtime(self, template: StackTemplate, backing: Backing) -> LambdaRuntime:
        return LambdaRuntime(
            functions=template.functions,
            zygote=backing.zygote,
            log_folder=self.data.logs,
            overrides={
                "DATABASE_URL": backing.postgres.uri,
                "REDIS_URL": backing.redis.uri,
                "CLOCK_OFFSET_FILE": str(self.data.clock_offset),
            },
            additions={"AWS_ENDPOINT_URL": backing.aws.url},
        )

    def _prepare_database(
        self, runtime: LambdaRuntime, backing: Backing, created: CreatedResources, webhook_url: str
    ) -> None:
        if MIGRATE_FUNCTION not in runtime.functions:
            return
        migrated = runtime.invoke(MIGRATE_FUNCTION, {})
        if migrated.error:
            message = f"The database could not be migrated: {migrated.error['errorMessage']}"
            raise StackError(message)
        seed(backing.postgres.uri, STAGE, created.partner_key_id, webhook_url)
        self.say("Database      migrated and seeded")

    def _publish(self) -> None:
        self.addresses.write(self.data.stack_file)
        self._running.callback(self.data.stack_file.unlink, missing_ok=True)


def _addresses(front: Front, backing: Backing, created: CreatedResources) -> StackAddresses:
    return StackAddresses(
        api=front.url,
        aws=backing.aws.url,
        provisioning=front.provisioning.url,
        postgres=backing.postgres.uri,
        redis=backing.redis.uri,
        postgres_pid=backing.postgres.pid,
        redis_pid=backing.redis.process.pid,
        queues=created.queues,
    )
