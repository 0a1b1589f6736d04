"""A threaded HTTP/1.1 server with keep-alive, one thread per connection.

werkzeug's server, not a production one: it has no limit of its own on connections, so a hundred
long polls do not keep the next request waiting, and it is already here with SAM CLI and moto.
"""

from typing import Any

from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer, WSGIRequestHandler

BACKLOG = 512


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 75  # seconds an idle kept-alive connection may hold its thread

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: each function has its own log."""

    def log_error(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing of clients that went away."""


class _Server(ThreadedWSGIServer):
    request_queue_size = BACKLOG
    daemon_threads = True
    block_on_close = False  # a kept-alive connection must not hold up Ctrl-C


def web_server(host: str, port: int, app: Any) -> BaseWSGIServer:
    """A bound server; its `serve_forever` blocks until `shutdown`."""
    return _Server(host, port, app, handler=_Handler)
