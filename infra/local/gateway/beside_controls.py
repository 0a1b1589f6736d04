"""Port 3000: the gateway, with the laptop's own pages below /_local."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
CONTROL_PREFIX = "/_local"


@dataclass
class GatewayBesideControls:
    """WSGI: one path prefix belongs to the laptop, everything else to the API."""

    gateway: WsgiApp
    control: WsgiApp

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """WSGI."""
        path = environ["PATH_INFO"]
        local = path == CONTROL_PREFIX or path.startswith(f"{CONTROL_PREFIX}/")
        return (self.control if local else self.gateway)(environ, start_response)
