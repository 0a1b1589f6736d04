"""The simulator over HTTP."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from werkzeug.wrappers import Request, Response

from infra.local.ports import HOST
from infra.local.provisioning.simulator import Answer, Simulator
from infra.local.servers.loopback import LoopbackOnly
from infra.local.servers.web import WebServer
from offers.domain import strict_json

HANG_SECONDS = 60.0
"""Longer than any caller's patience."""
RETRY_AFTER_SECONDS = 2


@dataclass
class ProvisioningApp:
    """WSGI: POST /activations, GET /activations/{operation_id}, POST /deactivations."""

    simulator: Simulator
    stopping: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """WSGI."""
        request = Request(environ)
        answer = self._answer(request)
        self.stopping.wait(self.simulator.behaviour.latency_ms / 1000)
        if answer.never:
            self.stopping.wait(HANG_SECONDS)
        return _response(answer)(environ, start_response)

    def _answer(self, request: Request) -> Answer:
        match request.method, request.path.strip("/").split("/"):
            case "POST", ["activations"]:
                return self._change(request, self.simulator.activate)
            case "POST", ["deactivations"]:
                return self._change(request, self.simulator.deactivate)
            case "GET", ["activations", operation_id]:
                return self.simulator.find(operation_id)
        return Answer(404, {"code": "not_found"})

    def _change(self, request: Request, change: Any) -> Answer:
        try:
            operation_id = strict_json.read(request.get_data())["operation_id"]
        except (ValueError, KeyError, TypeError):
            return Answer(400, {"code": "malformed", "reason": "operation_id is missing"})
        answer: Answer = change(str(operation_id))
        return answer


def _response(answer: Answer) -> Response:
    is_away = answer.status == HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)} if is_away else {}
    if isinstance(answer.body, str):
        return Response(answer.body, answer.status, headers, mimetype="text/html")
    body = json.dumps(answer.body)
    return Response(body, answer.status, headers, mimetype="application/json")


@dataclass(frozen=True)
class ProvisioningServer:
    """Serves in a thread of the stack's own process."""

    app: ProvisioningApp
    server: WebServer
    url: str

    @classmethod
    def start(cls, port: int, simulator: Simulator) -> ProvisioningServer:
        """Listening when it returns."""
        app = ProvisioningApp(simulator)
        return cls(app, WebServer.start(HOST, port, LoopbackOnly(app)), f"http://{HOST}:{port}")

    def stop(self) -> None:
        """Let go of everybody who is kept waiting, and end."""
        self.app.stopping.set()
        self.server.stop()
