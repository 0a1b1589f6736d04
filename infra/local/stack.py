"""The laptop stack as a whole: starts every part, in an order that wastes no time, and stops it."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

from infra.local.aws_resources import (
    AwsClients,
    create_api_key,
    create_queues,
    create_secret,
    create_usage_plans,
    verify_sender,
)
from infra.local.clock import MovableClock
from infra.local.data_folder import DataFolder
from infra.local.errors import StackError
from infra.local.ports import HOST, Ports, choose_ports
from infra.local.progress import Say, silent
from infra.local.provisioning.server import ProvisioningServer
from infra.local.provisioning.simulator import Simulator
from infra.local.runtime.lambda_runtime import LambdaRuntime
from infra.local.runtime.zygote_process import ZygoteProcess
from infra.local.servers.aws import Aws
from infra.local.servers.postgres import Postgres
from infra.local.servers.redis import Redis
from infra.local.servers.started import StartedProcesses
from infra.local.settings import (
    EMAIL_SENDER,
    MIGRATE_FUNCTION,
    STAGE,
    TOKEN_KEYS_SECRET,
    StackSettings,
)
from infra.local.stack_file import StackAddresses
from infra.local.token_keys import token_keys


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
