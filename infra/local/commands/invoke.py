"""Runs one function as Lambda would, without Docker."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.http.client import JsonClient, NoReply
from infra.local.errors import StackError
from infra.local.logs.follow import LogFollower
from infra.local.logs.new_lines import NewLines
from infra.local.settings import StackSettings
from infra.local.stack_folder import StackFolder
from offers.domain import strict_json

if TYPE_CHECKING:
    from collections.abc import Iterator

TIMEOUT_SECONDS = 900


def invoke(settings: StackSettings, function: str, event_file: Path) -> int:
    """Print the function's answer: against the running stack, else against a throw-away one.

    1 when the function failed. Raises StackError when it could not be invoked.
    """
    event = _read(event_file)
    kept = StackFolder(settings.data_folder)
    running = kept.running_stack()
    if running:
        return _invoke(running["api"], kept.logs, function, event)
    with tempfile.TemporaryDirectory(prefix="offers-") as folder:
        own = StackSettings(Path(folder) / "stack", port=0, template=settings.template)
        with _logs_kept(StackFolder(own.data_folder).logs, kept.root / "last-invoke-logs"):
            return _invoke_alone(own, function, event)


def _invoke_alone(settings: StackSettings, function: str, event: Any) -> int:
    from infra.local.stack import LaptopStack

    with LaptopStack(settings) as stack:
        return _invoke(stack.url, stack.folder.logs, function, event)


@contextmanager
def _logs_kept(logs: Path, place: Path) -> Iterator[None]:
    """A throw-away stack leaves its logs behind, also when it could not start."""
    try:
        yield
    finally:
        if logs.exists():
            shutil.copytree(logs, place, dirs_exist_ok=True)
            sys.stderr.write(f"Logs: {place}\n")


def _say_beside(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def _read(event_file: Path) -> Any:
    try:
        return strict_json.read(event_file.read_bytes())
    except OSError as error:
        message = f"The event {event_file} cannot be read: {error.strerror}."
        raise StackError(message) from error
    except ValueError as error:
        message = f"The event {event_file} is not JSON: {error}."
        raise StackError(message) from error


def _invoke(api: str, logs: Path, function: str, event: Any) -> int:
    """The answer on standard output, the function's log on standard error."""
    log = LogFollower(NewLines.from_now(logs, function), _say_beside)
    client = JsonClient(api, TIMEOUT_SECONDS)
    try:
        reply = client("POST", f"/_local/functions/{function}/invocations", event)
    except NoReply as error:
        message = f"The stack at {api} does not answer: {error}."
        raise StackError(message) from error
    log.show()
    sys.stdout.write(json.dumps(reply.document, indent=2, ensure_ascii=False) + "\n")
    return 0 if reply.is_good else 1
