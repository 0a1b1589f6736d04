"""The fake provisioning system behind real HTTP, as CONTRACT.md words it."""

from __future__ import annotations

import json
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from uuid import UUID

from offers.domain.ids import TransactionId, UserId
from offers.domain.outcome import (
    Activated,
    Done,
    InProgress,
    NotActivated,
    NotDone,
    Refused,
    Unknown,
)
from offers.ports.outside.provisioning import ProvisioningOrder

if TYPE_CHECKING:
    from types import TracebackType

    from tests.fakes.provisioning import FakeProvisioning


class ProvisioningServer:
    """A context manager that gives the URL. What is unknown to the fake is garbage here."""

    def __init__(self, outside: FakeProvisioning) -> None:
        handler = type("Handler", (_Handler,), {"outside": outside})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    outside: FakeProvisioning

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.headers["Idempotency-Key"] == body["operation_id"]
        assert self.headers["Content-Type"] == "application/json"
        act = {
            "/base/activations": self.outside.activate,
            "/base/deactivations": self.outside.deactivate,
        }
        self._answer(act[self.path](_order(body)))

    def do_GET(self) -> None:
        operation_id = self.path.removeprefix("/base/activations/")
        self._answer(self.outside.find(TransactionId(UUID(operation_id))))

    def _answer(self, said: object) -> None:
        match said:
            case Activated(reference):
                self._send(200, {"state": "activated", "reference": reference})
            case Done(reference):
                self._send(200, {"state": "not_activated", "reference": reference})
            case Refused(code, reason):
                self._send(422, {"code": code, "reason": reason})
            case NotDone(seconds):
                self._send(503, {}, {"Retry-After": str(seconds)})
            case NotActivated():
                self._send(404, {"code": "unknown_operation"})
            case InProgress():
                self._send(200, {"state": "in_progress"})
            case Unknown():
                self._send(200, ["surprise"])

    def _send(self, status: int, content: Any, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing: the tests' output is for failures."""


def _order(body: dict[str, Any]) -> ProvisioningOrder:
    return ProvisioningOrder(
        operation_id=TransactionId(UUID(body.pop("operation_id"))),
        user_id=UserId(UUID(body.pop("user_id"))),
        expires_at=datetime.fromisoformat(body.pop("expires_at")),
        **body,
    )
