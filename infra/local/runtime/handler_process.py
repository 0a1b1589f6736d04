"""An execution environment from within: loads one handler and calls it, one event at a time."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.local.runtime.context import LambdaContext

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Handler = Callable[[Any, LambdaContext], Any]

ROOT = str(Path(__file__).parents[3])
"""Where the zygote was started from; a deployed function does not see it."""

GRACE_SECONDS = 2.0
"""How much later than its timeout an orphan ends itself, should nobody be left to end it."""


def serve(connection: Connection) -> None:
    """Serve until the stack closes the connection.

    First the function's description arrives and is answered by its readiness or its failure to
    load; then each event is answered by a result or an error, worded as Lambda words it.
    """
    try:
        description = connection.recv()
        _enter(description)
        try:
            handler = _load(description["handler"])
        except BaseException as error:  # noqa: BLE001  # reported as Lambda reports it
            connection.send({"pid": os.getpid(), "error": _import_failure(error)})
            return
        connection.send({"pid": os.getpid(), "error": None})
        while True:
            connection.send(_answer(handler, connection.recv(), description))
    except (EOFError, ConnectionError):
        return  # the stack is gone


def _enter(description: Mapping[str, Any]) -> None:
    """Become the function: its variables, its folders first on the path, its log."""
    os.environ.clear()
    os.environ.update(description["environment"])
    time.tzset()
    os.chdir(description["code_folder"])
    others = [folder for folder in sys.path if folder not in {"", ROOT}]
    sys.path[:] = [description["code_folder"], *description["layer_folders"], *others]
    log = os.open(description["log_file"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # both are text files here


def _load(path: str) -> Handler:
    module, _, name = path.rpartition(".")
    handler: Handler = getattr(importlib.import_module(module.replace("/", ".")), name)
    return handler


def _answer(handler: Handler, event: Mapping[str, Any], description: Mapping[str, Any]) -> Any:
    timeout_seconds = description["timeout_seconds"]
    signal.setitimer(signal.ITIMER_REAL, timeout_seconds + GRACE_SECONDS)
    context = LambdaContext(
        event["request_id"], description["name"], description["memory_mb"], timeout_seconds
    )
    try:
        return {"payload": _marshal(handler(event["event"], context))}
    except SystemExit:
        raise  # Lambda's Runtime.ExitError
    except BaseException as error:  # noqa: BLE001  # whatever a handler raises is its answer
        return {"error": _failure(error)}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        sys.stdout.flush()
        sys.stderr.flush()


def _marshal(result: object) -> str:
    try:
        return json.dumps(result)
    except (TypeError, ValueError) as error:
        raise MarshalError(error) from error


class MarshalError(Exception):
    """The handler returned what JSON cannot say."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(f"Unable to marshal response: {cause}")


def _failure(error: BaseException) -> dict[str, Any]:
    marshal = isinstance(error, MarshalError)
    failure = {
        "errorMessage": str(error),
        "errorType": "Runtime.MarshalError" if marshal else type(error).__name__,
        "stackTrace": traceback.format_list(_handler_frames(error)),
    }
    sys.stdout.write(json.dumps({"level": "ERROR", "message": "invocation failed", **failure}))
    sys.stdout.write("\n")
    return failure


def _handler_frames(error: BaseException) -> list[traceback.FrameSummary]:
    ours = str(Path(__file__))
    return [f for f in traceback.extract_tb(error.__traceback__) if f.filename != ours]


def _import_failure(error: BaseException) -> dict[str, Any]:
    failure = _failure(error)
    if isinstance(error, ImportError):
        failure["errorType"] = "Runtime.ImportModuleError"
        failure["errorMessage"] = f"Unable to import module: {error}"
    elif isinstance(error, AttributeError):
        failure["errorType"] = "Runtime.HandlerNotFound"
    return failure
