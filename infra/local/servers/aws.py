"""Starts the stand-in for AWS in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from infra.local.ports import HOST, wait_until_listening

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Aws:
    """moto's server behind ``url``; it ends when this process does."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """For every service."""
        return f"http://{HOST}:{self.port}"

    @classmethod
    def start(cls, port: int, data_root: Path, log_file: Path) -> Aws:
        """Begin; wait_until_ready() says when it answers."""
        with log_file.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.aws_server", str(port), str(data_root)],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )
        return cls(process, port)

    def wait_until_ready(self) -> None:
        """Raises StackError when it ended or does not answer in time."""
        wait_until_listening(self.port, "The stand-in for AWS", self.process)

    def stop(self) -> None:
        """Returns when it has ended."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()
