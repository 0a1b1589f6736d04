"""Remembers which servers a stack started, so that a killed stack's are found."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]

from infra.local.stack_folder import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

STOP_SECONDS = 10.0


@dataclass(frozen=True)
class StartedProcesses:
    """A file of process ids with their start times, which together name a process for certain."""

    file: Path

    def remember(self, pid: int) -> None:
        """Write down a running process."""
        known = [*self._known(), [pid, psutil.Process(pid).create_time()]]
        write_atomically(self.file, json.dumps(known))

    def stop_leftovers(self) -> None:
        """End what a killed stack left running; other processes that reuse an id are left alone."""
        known = [process for pid, started in self._known() if (process := _same(pid, started))]
        processes = [each for process in known for each in (process, *_environments(process))]
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.terminate()
        _, alive = psutil.wait_procs(processes, timeout=STOP_SECONDS)
        for process in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.forget()

    def forget(self) -> None:
        """They have been ended."""
        self.file.unlink(missing_ok=True)

    def _known(self) -> list[tuple[int, float]]:
        if not self.file.exists():
            return []
        return [(int(pid), float(at)) for pid, at in json.loads(self.file.read_text("utf-8"))]


def _environments(process: psutil.Process) -> list[psutil.Process]:
    """Forked by the Lambda runtime, still at the last invocation. A server ends its own."""
    try:
        is_runtime = any("zygote" in word for word in process.cmdline())
        return list(process.children()) if is_runtime else []
    except psutil.NoSuchProcess:
        return []


def _same(pid: int, started: float) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if abs(process.create_time() - started) < 1 else None
    except psutil.NoSuchProcess:
        return None
