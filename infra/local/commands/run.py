"""Runs the stack in the foreground until Ctrl-C or SIGTERM."""

from __future__ import annotations

import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

from infra.local.changes import ChangeWatcher
from infra.local.logs.follow import LogFollower
from infra.local.logs.new_lines import NewLines
from infra.local.progress import Progress, say_line, silent

if TYPE_CHECKING:
    from types import FrameType

    from infra.local.settings import StackSettings

FIRST_CALL = """
Try it:
  curl -s {api}/api/v1/auth/login -H 'Content-Type: application/json' \\
       -d '{{"username": "user1", "password": "password123"}}'
"""


class _Stop(BaseException):
    """Ctrl-C or SIGTERM, wherever the main thread is."""


def run(settings: StackSettings) -> int:
    """Raises StackError when the stack cannot start."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    sys.stdout.write("Starting the laptop stack (the first start takes longer) …\n")
    sys.stdout.flush()
    from infra.local.stack import LaptopStack

    say_request = silent if os.environ.get("QUIET") == "1" else say_line
    stack = LaptopStack(settings, Progress(), say_request)
    try:
        stack.start()
        _say_where(stack.url, str(stack.data_dir))
        LogFollower(NewLines.from_now(stack.folder.logs), say_request, is_error_only=True).start()
        ChangeWatcher(stack, say_line).start()
        threading.Event().wait()
    except _Stop:
        sys.stdout.write("\nStopping …\n")
        sys.stdout.flush()
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave a server behind
        stack.stop()
    return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _Stop


def _say_where(api: str, folder: str) -> None:
    lines = (
        "",
        f"API           {api}/api/v1",
        f"Docs          {api}/docs",
        f"This stack    {api}/_local/   (mailbox, clock, provisioning, schedules)",
        f"Data, logs    {folder}   (make logs, make psql)",
        FIRST_CALL.format(api=api),
        "Requests are shown, and errors with their tracebacks (QUIET=1: neither). Changes to",
        "handlers, layers and routes are picked up. Ctrl-C stops everything.",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
