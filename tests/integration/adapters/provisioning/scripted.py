"""A provisioning system that sends exactly the bytes it is told to, then hangs up or not."""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Script:
    """``pause_seconds`` before each byte; ``hangs`` keeps the line open; ``resets`` breaks it."""

    answer: bytes
    pause_seconds: float = 0
    hangs: bool = False
    resets: bool = False
    ended: threading.Event = field(default_factory=threading.Event)

    def play(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line, suppress(OSError):
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        line.settimeout(1)
        _read_request(line)
        if self.resets:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            return
        size = 1 if self.pause_seconds else max(len(self.answer), 1)
        for start in range(0, len(self.answer), size):
            time.sleep(self.pause_seconds)
            line.sendall(self.answer[start : start + size])
        if self.hangs:
            self.ended.wait(5)


def _read_request(line: socket.socket) -> None:
    """All of it: closing a line on unread bytes would reset it and lose the answer."""
    request = b""
    while b"\r\n\r\n" not in request:
        request += line.recv(65536) or b"\r\n\r\n"
    head, body = request.split(b"\r\n\r\n", 1)
    length = re.search(rb"Content-Length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += line.recv(65536) or b"x" * int(length[1])


@contextmanager
def saying(
    answer: bytes, *, pause_seconds: float = 0, hangs: bool = False, resets: bool = False
) -> Iterator[str]:
    """The URL of a server that plays this script to everybody."""
    script = Script(answer, pause_seconds, hangs, resets)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=script.play, args=(listener,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            script.ended.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def an_answer(status: int, body: bytes = b"", *headers: str) -> bytes:
    """An HTTP/1.1 answer that ends with the connection."""
    lines = [f"HTTP/1.1 {status} Whatever", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body
