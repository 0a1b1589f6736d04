"""Runs one function as Lambda would, without Docker."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from infra.http.client import JsonClient, NoReply
from infra.local.errors import StackError
from infra.local.settings import StackSettings
from infra.local.stack_folder import StackFolder
from offers.domain import strict_json

TIMEOUT_SECONDS = 900


def invoke(settings: StackSettings, function: str, event_file: Path) -> int:
    """Print the function's answer: against the running stack, else against a throw-away one.

    1 when the function failed. Raises StackError when it could not be invoked.
    """
    event = _read(event_file)
    running = StackFolder(settings.data_folder).running_stack()
    if running:
        return _invoke(running["api"], function, event)
    from infra.local.stack import LaptopStack

    with (
        tempfile.TemporaryDirectory(prefix="offers-") as folder,
        LaptopStack(
            StackSettings(Path(folder) / "data", port=0, template=settings.template)
        ) as stack,
    ):
        return _invoke(stack.url, function, event)


def _read(event_file: Path) -> Any:
    try:
        return strict_json.read(event_file.read_bytes())
    except OSError as error:
        message = f"The event {event_file} cannot be read: {error.strerror}."
        raise StackError(message) from error
    except ValueError as error:
        message = f"The event {event_file} is not JSON: {error}."
        raise StackError(message) from error


def _invoke(api: str, function: str, event: Any) -> int:
    client = JsonClient(api, TIMEOUT_SECONDS)
    try:
        reply = client("POST", f"/_local/functions/{function}/invocations", event)
    except NoReply as error:
        message = f"The stack at {api} does not answer: {error}."
        raise StackError(message) from error
    sys.stdout.write(json.dumps(reply.document, indent=2, ensure_ascii=False) + "\n")
    return 0 if reply.is_good else 1
