"""Starts the zygote and asks it for execution environments."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from multiprocessing import Pipe
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.errors import StackError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

ROOT = Path(__file__).parents[3]
STOP_SECONDS = 10.0


@dataclass
class ZygoteProcess:
    """The parent's end of the control socket; closing it ends the zygote."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def start(cls, log_file: Path) -> ZygoteProcess:
        """Begin; wait_until_ready() says when it can fork."""
        ours, theirs = socket.socketpair()
        with theirs, log_file.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.runtime.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return cls(process, ours)

    def wait_until_ready(self) -> None:
        """Raises StackError when the zygote ended instead."""
        if not self.control.recv(1):
            message = "The Lambda runtime did not start; its log is logs/runtime.log."
            raise StackError(message)

    def fork(self) -> Connection:
        """Our end of the connection to a new execution environment."""
        ours, theirs = Pipe()
        with theirs, self.lock:
            socket.send_fds(self.control, [b"f"], [theirs.fileno()])
        return ours

    def stop(self) -> None:
        """Returns when the zygote and everything it forked have ended."""
        self.control.close()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
