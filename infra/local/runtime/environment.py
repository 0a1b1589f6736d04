"""An execution environment from without: one forked process that serves one event at a time."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from pathlib import Path

    from infra.local.runtime.zygote_process import ZygoteProcess
    from infra.local.template.model import FunctionSpec

INIT_TIMEOUT_SECONDS = 30.0
_HUNG: dict[str, Any] = {
    "error": {
        "errorType": "Runtime.ExitError",
        "errorMessage": "The function ended or hung while it was loaded",
    }
}


@dataclass(frozen=True)
class Invocation:
    """What an invocation came to: a JSON text, or the error that Lambda would report."""

    payload: str
    error: Mapping[str, Any] | None = None


@dataclass
class Environment:
    """A warm execution environment of one function."""

    function: FunctionSpec
    connection: Connection
    pid: int
    last_used: float = field(default_factory=time.monotonic)
    alive: bool = True

    def invoke(self, event: object, request_id: str) -> Invocation:
        """Never raises; after a timeout or a crash the environment is no longer alive."""
        limit = self.function.timeout_seconds
        try:
            self.connection.send({"event": event, "request_id": request_id})
            if not self.connection.poll(limit):
                self.kill()
                message = f"RequestId: {request_id} Error: Task timed out after {limit:.2f} seconds"
                return failed("Sandbox.Timedout", message)
            answer = self.connection.recv()
        except (EOFError, OSError):
            self.kill()
            message = f"RequestId: {request_id} Error: Runtime exited without providing a reason"
            return failed("Runtime.ExitError", message)
        self.last_used = time.monotonic()
        if error := answer.get("error"):
            return Invocation("null", error)
        return Invocation(answer["payload"])

    def close(self) -> None:
        """Let it end by itself: an idle environment ends when its connection does."""
        self.alive = False
        self.connection.close()

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self.alive = False
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self.connection.close()


def failed(error_type: str, message: str) -> Invocation:
    """An invocation that Lambda itself ended."""
    return Invocation("null", {"errorMessage": message, "errorType": error_type})


class InitFailed(Exception):
    """The handler's module could not be loaded."""

    def __init__(self, error: Mapping[str, Any]) -> None:
        super().__init__(error.get("errorMessage"))
        self.error = error


def start_environment(
    zygote: ZygoteProcess, function: FunctionSpec, variables: Mapping[str, str], log_folder: Path
) -> Environment:
    """Fork and load the handler. Raises InitFailed when it cannot be loaded."""
    connection = zygote.fork()
    try:
        connection.send(_description(function, variables, log_folder))
        ready: dict[str, Any] = (
            connection.recv() if connection.poll(INIT_TIMEOUT_SECONDS) else _HUNG
        )
    except (EOFError, OSError):
        ready = _HUNG
    if ready["error"]:
        connection.close()
        raise InitFailed(ready["error"])
    return Environment(function, connection, ready["pid"])


def _description(
    function: FunctionSpec, variables: Mapping[str, str], log_folder: Path
) -> dict[str, Any]:
    return {
        "name": function.name,
        "handler": function.handler,
        "code_folder": str(function.code_folder),
        "layer_folders": [str(folder) for folder in function.layer_folders],
        "environment": dict(variables),
        "timeout_seconds": function.timeout_seconds,
        "memory_mb": function.memory_mb,
        "log_file": str(log_folder / f"{function.name}.log"),
    }
