"""A threaded HTTP/1.1 server with keep-alive, one thread per connection.

werkzeug's server, not a production one: it has no limit of its own on connections, so a hundred
long polls do not keep the next request waiting, and it is already here with SAM CLI and moto.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any

from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer, WSGIRequestHandler

from infra.local.gateway.headers import RAW_HEADERS

BACKLOG = 512
POLL_SECONDS = 0.1  # how soon it notices that it should stop


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 75  # seconds an idle kept-alive connection may hold its thread

    def make_environ(self) -> dict[str, Any]:
        """WSGI joins headers of one name; a gateway must tell them apart."""
        environ = dict(super().make_environ())
        environ[RAW_HEADERS] = tuple(self.headers.items())
        return environ

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: each function has its own log."""

    def log_error(self, format: str, *args: object) -> None:  # noqa: A002  # the base class's name
        """Say nothing of clients that went away."""


class _Server(ThreadedWSGIServer):
    request_queue_size = BACKLOG
    daemon_threads = True
    block_on_close = False  # a kept-alive connection must not hold up Ctrl-C


@dataclass(frozen=True)
class WebServer:
    """Serves a WSGI application in a thread of this process."""

    server: BaseWSGIServer

    @classmethod
    def start(cls, host: str, port: int, app: Any) -> WebServer:
        """Listening when it returns."""
        server = _Server(host, port, app, handler=_Handler)
        serve = partial(server.serve_forever, poll_interval=POLL_SECONDS)
        Thread(target=serve, name=f"serve {port}", daemon=True).start()
        return cls(server)

    def stop(self) -> None:
        """Accept nothing more."""
        self.server.shutdown()
        self.server.server_close()
