"""Messages between the stack and an execution environment: a length, then JSON."""

from __future__ import annotations

import json
import struct
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

_LENGTH = struct.Struct(">I")


class ConnectionEnded(Exception):
    """The other side is gone."""


def send(connection: socket.socket, message: object) -> None:
    """Raises ConnectionEnded when the other side is gone."""
    payload = json.dumps(message).encode()
    try:
        connection.sendall(_LENGTH.pack(len(payload)) + payload)
    except OSError as error:
        raise ConnectionEnded from error


def receive(connection: socket.socket) -> Any:
    """Raises ConnectionEnded when nobody is there, TimeoutError after the socket's timeout."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    return json.loads(_exactly(connection, length))


def _exactly(connection: socket.socket, size: int) -> bytes:
    received = bytearray()
    while len(received) < size:
        try:
            chunk = connection.recv(size - len(received))
        except TimeoutError:
            raise
        except OSError as error:
            raise ConnectionEnded from error
        if not chunk:
            raise ConnectionEnded
        received += chunk
    return bytes(received)
