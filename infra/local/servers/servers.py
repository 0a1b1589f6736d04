"""The four server processes behind the stack, started side by side."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.local.runtime.zygote_process import ZygoteProcess
from infra.local.servers.aws import Aws
from infra.local.servers.postgres import Postgres
from infra.local.servers.redis import Redis
from infra.local.servers.started import StartedProcesses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.local.ports import Ports
    from infra.local.progress import Say
    from infra.local.stack_folder import StackFolder


@dataclass(frozen=True)
class Servers:
    """Started, not all of them ready: wait() says when they are."""

    postgres_start: Future[Postgres]
    redis: Redis
    aws: Aws
    zygote: ZygoteProcess
    started: StartedProcesses

    @property
    def postgres(self) -> Postgres:
        """Waits for it. Raises StackError when it did not start."""
        return self.postgres_start.result()

    def wait(self, say: Say) -> None:
        """Raises StackError for the first that does not start."""
        self.redis.wait_until_ready()
        say(f"Redis         {self.redis.uri}")
        self.started.remember(self.postgres.pid)
        say(f"PostgreSQL    {self.postgres.uri}")
        self.aws.wait_until_ready()
        say(f"AWS (moto)    {self.aws.url}")
        self.zygote.wait_until_ready()

    def states(self) -> dict[str, bool]:
        """Which of them are running."""
        return {
            "PostgreSQL": self.postgres.is_running(),
            "Redis": self.redis.process.poll() is None,
            "AWS (moto)": self.aws.process.poll() is None,
            "Lambda runtime": self.zygote.process.poll() is None,
        }


@contextmanager
def running_servers(folder: StackFolder, ports: Ports) -> Iterator[Servers]:
    """Start all four at once; ends those that were started on the way out, however far it got."""
    started = StartedProcesses(folder.started_processes)
    with ExitStack() as running:
        running.callback(started.forget)
        threads = running.enter_context(ThreadPoolExecutor(1, thread_name_prefix="postgres"))
        postgres = threads.submit(Postgres.start, folder.postgres)
        running.callback(_stop_postgres, postgres)
        redis = Redis.start(ports.redis, folder.redis, folder.logs / "redis.log")
        running.callback(redis.stop)
        aws = Aws.start(ports.aws, folder.root, folder.logs / "aws.log")
        running.callback(aws.stop)
        zygote = ZygoteProcess.start(folder.logs / "runtime.log")
        running.callback(zygote.stop)
        for process in (redis.process, aws.process, zygote.process):
            started.remember(process.pid)
        yield Servers(postgres, redis, aws, zygote, started)


def _stop_postgres(start: Future[Postgres]) -> None:
    if start.exception() is None:
        start.result().stop()
