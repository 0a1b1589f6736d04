"""Answers this machine only, also to its browser.

A page from anywhere can have its own name resolve to 127.0.0.1 (DNS rebinding) or post a form
there. It cannot choose what the browser then says in ``Host`` and ``Origin``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from werkzeug.wrappers import Response

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class LoopbackOnly:
    """WSGI: 403 unless ``Host``, and ``Origin`` where there is one, name this machine."""

    app: WsgiApp

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """WSGI."""
        origin = environ.get("HTTP_ORIGIN")
        if _is_loopback(f"//{environ.get('HTTP_HOST', '')}") and (
            origin is None or _is_loopback(origin)
        ):
            return self.app(environ, start_response)
        return Response("This machine only.\n", 403)(environ, start_response)


def _is_loopback(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # another name, or none
        return False
