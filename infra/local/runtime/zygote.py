"""What execution environments are forked from: ``python -m infra.local.runtime.zygote``.

It has imported what most handlers import and nothing of the project's own, holds no thread and no
connection, and forks once for each socket it is sent, so that a cold start costs milliseconds. It
ends when the stack that holds the other end of its control socket is gone, however that ended.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from multiprocessing.connection import Connection
from typing import NoReturn

from infra.local.runtime import handler_process

PRELOADED = (
    "aws_lambda_powertools",
    "aws_lambda_powertools.event_handler",
    "aws_lambda_powertools.event_handler.openapi.models",
    "aws_lambda_powertools.event_handler.middlewares.openapi_validation",
    "aws_lambda_powertools.metrics",
    "aws_lambda_powertools.utilities.batch",
    "boto3",
    "botocore.endpoint",
    "jwt",
    "psycopg2",
    "psycopg2.extras",
    "pydantic",
    "redis",
    "sqlalchemy",
    "sqlalchemy.dialects.postgresql.psycopg2",
    "argon2",
    "uuid6",
)


def main(control: socket.socket) -> None:
    """Fork for every socket received over ``control``, until it closes."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the stack decides
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel reaps what has ended
    for name in PRELOADED:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.freeze()  # keeps forked processes from copying the preloaded pages
    control.sendall(b"r")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not message:
            with contextlib.suppress(ChildProcessError):
                os.wait()  # with SIGCHLD ignored it returns when the last child has ended
            return
        if os.fork() == 0:
            control.close()
            _become_environment(descriptors[0])
        os.close(descriptors[0])


def _become_environment(descriptor: int) -> NoReturn:
    """Serve, then end at once: a thread that a handler left behind must not keep it alive."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    try:
        with Connection(descriptor) as connection:
            handler_process.serve(connection)
    finally:
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
