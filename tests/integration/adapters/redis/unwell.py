"""Redis servers that are not well, each at a URL."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.servers import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

GARBAGE = {
    "not Redis": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "a length that is no number": b"$abc\r\n\r\n",
    "bytes that are no text": b"$4\r\n\xff\xfe\xfd\xfc\r\n",
    "half an answer": b"$100\r\nhalf",
    "an error": b"-ERR something is wrong\r\n",
    "still loading": b"-LOADING Redis is loading the dataset in memory\r\n",
    "nothing at all": b"",
    "an array where a text belongs": b"*2\r\n+a\r\n+b\r\n",
    "a number where a text belongs": b":12\r\n",
}


@contextmanager
def dead() -> Iterator[str]:
    """Nobody listens there."""
    yield f"redis://127.0.0.1:{free_port()}/0"


@contextmanager
def hanging() -> Iterator[str]:
    """Accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


@contextmanager
def talking(answer: bytes) -> Iterator[str]:
    """Answers everything with the same nonsense."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        talker = threading.Thread(target=_talk, args=(listener, answer))
        talker.start()
        try:
            yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            talker.join()


def _talk(listener: socket.socket, answer: bytes) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.settimeout(0.5)
            try:
                while answer and connection.recv(65536):
                    connection.sendall(answer)
            except OSError:
                continue
