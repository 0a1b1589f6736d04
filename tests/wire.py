"""A proxy between the driver and PostgreSQL that reads what the client asks, and can cut the line.

Message formats: PostgreSQL documentation, "Frontend/Backend Protocol".
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUERY = b"Q"


class Wire:
    """``queries`` is what was sent, one text per round trip."""

    def __init__(self, server_url: str) -> None:
        parts = urlsplit(server_url)
        self._server = f"{parse_qs(parts.query)['host'][0]}/.s.PGSQL.5432"
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self._carriers: list[threading.Thread] = []
        port = self._listener.getsockname()[1]
        database = parts.path.lstrip("/")
        self.url = f"postgresql://postgres@127.0.0.1:{port}/{database}?sslmode=disable"
        self.queries: list[str] = []
        self.cut_after: str | None = None
        """Forward the next query that contains this, then cut the line before its answer."""

    def cut(self) -> None:
        """Break every connection."""
        while self._sockets:
            with contextlib.suppress(OSError):
                self._sockets.pop().shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Break every connection and accept no more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.cut()
        for carrier in self._carriers:
            carrier.join()

    def serve(self) -> None:
        """Accept connections until closed."""
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._sockets += [client, server]
                carrier = threading.Thread(target=self._carry, args=(client, server), daemon=True)
                carrier.start()
                self._carriers.append(carrier)

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        with client, server:
            asking = threading.Thread(target=self._ask, args=(client, server), daemon=True)
            asking.start()
            self._answer(client, server)
            asking.join()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError, EOFError), client.makefile("rb") as incoming:
            server.sendall(_message(b"", incoming))  # the start-up message has no type
            while True:
                kind = _exactly(incoming, 1)
                message = _message(kind, incoming)
                if kind == _QUERY:
                    self.queries.append(message[5:-1].decode())
                server.sendall(message)
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_WR)

    def _answer(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := server.recv(65536):
                if self.cut_after is not None and self.cut_after in self.queries[-1]:
                    self.cut_after = None
                    break
                client.sendall(chunk)
        for each in (client, server):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def _message(kind: bytes, incoming: BinaryIO) -> bytes:
    length = _exactly(incoming, 4)
    return kind + length + _exactly(incoming, struct.unpack("!I", length)[0] - 4)


def _exactly(incoming: BinaryIO, size: int) -> bytes:
    data: bytes = incoming.read(size)
    if len(data) < size:
        raise EOFError
    return data


@contextlib.contextmanager
def a_wire(server_url: str) -> Iterator[Wire]:
    """A wire to the database of the URL."""
    wire = Wire(server_url)
    thread = threading.Thread(target=wire.serve, daemon=True)
    thread.start()
    yield wire
    wire.close()
    thread.join()
