"""PostgreSQL on a TCP port of the loopback interface, for GUI tools, psql and ``sam local``.

The wheel's server listens on its unix socket only and cannot be told otherwise, so bytes are passed
on from here.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from dataclasses import dataclass
from functools import partial
from socketserver import StreamRequestHandler, ThreadingTCPServer
from typing import TYPE_CHECKING, Any

from infra.local.ports import HOST

if TYPE_CHECKING:
    from pathlib import Path

CHUNK = 65_536


class _Line(StreamRequestHandler):
    def __init__(self, socket_file: str, *arguments: Any) -> None:
        self.socket_file = socket_file
        super().__init__(*arguments)

    def handle(self) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            try:
                server.connect(self.socket_file)
            except OSError:
                return  # PostgreSQL is stopping
            back = threading.Thread(target=_pass_on, args=(server, self.request), daemon=True)
            back.start()
            _pass_on(self.request, server)
            back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(CHUNK):
            target.sendall(chunk)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False


@dataclass(frozen=True)
class PostgresPort:
    """Listens while it is not stopped."""

    server: ThreadingTCPServer

    @classmethod
    def start(cls, port: int, socket_file: Path) -> PostgresPort:
        """Listening when it returns."""
        server = _Server((HOST, port), partial(_Line, str(socket_file)))
        serve = partial(server.serve_forever, poll_interval=0.1)
        threading.Thread(target=serve, name=f"serve {port}", daemon=True).start()
        return cls(server)

    def stop(self) -> None:
        """Accept nothing more."""
        self.server.shutdown()
        self.server.server_close()
