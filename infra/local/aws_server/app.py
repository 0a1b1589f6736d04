"""moto's WSGI application, watched: what was mailed, what was queued, which keys changed."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.local.aws_server import api_keys
from infra.local.aws_server.mailbox import mail_of_request
from infra.local.aws_server.message_journal import MessageJournal
from infra.local.clock import MovableClock
from infra.local.stack_folder import StackFolder, open_private

if TYPE_CHECKING:
    from pathlib import Path

Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

WAIT_SECONDS = 20.0


@dataclass
class WatchedMoto:
    """Passes every request on to moto and acts on those that succeeded."""

    moto: WsgiApp
    folder: StackFolder
    clock: MovableClock
    messages: MessageJournal
    sends: int = 0
    sent: threading.Condition = field(default_factory=threading.Condition)
    writing: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """WSGI."""
        if environ["PATH_INFO"] == "/_laptop/sends":
            return self._wait_for_send(environ, start_response)
        body = _read_body(environ)
        status = ""

        def note_status(line: str, *arguments: Any) -> Any:
            nonlocal status
            status = line
            return start_response(line, *arguments)

        answer = list(self.moto(environ, note_status))
        if status.startswith("2"):
            self._act_on(environ, body, b"".join(answer))
        return answer

    def _act_on(self, environ: Environ, body: bytes, answer: bytes) -> None:
        service = _service(environ)
        if service == "ses" and environ["REQUEST_METHOD"] == "POST":
            self._keep_mail(environ["PATH_INFO"], body)
        elif service == "sqs":
            self._keep_messages(environ, body, answer)
        elif service == "apigateway" and api_keys.is_change(
            environ["REQUEST_METHOD"], environ["PATH_INFO"]
        ):
            with self.writing:
                api_keys.save(self.folder.api_keys)

    def _keep_mail(self, path: str, body: bytes) -> None:
        sent_at = f"{self.clock.now():%Y-%m-%dT%H:%M:%S.%f}Z"
        if mail := mail_of_request(path, body, sent_at):
            with self.writing, open_private(self.folder.mailbox) as mailbox:
                mailbox.write(f"{mail.line()}\n")

    def _keep_messages(self, environ: Environ, body: bytes, answer: bytes) -> None:
        action = environ.get("HTTP_X_AMZ_TARGET", "").removeprefix("AmazonSQS.")
        request = json.loads(body or b"{}")
        if action == "CreateQueue":
            self.messages.restore(request["QueueName"])
        self.messages.note(action, request, json.loads(answer or b"{}"))
        self._announce_send(action)

    def _announce_send(self, action: str) -> None:
        if action.startswith("SendMessage"):
            with self.sent:
                self.sends += 1
                self.sent.notify_all()

    def _wait_for_send(
        self, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer the number of sends as soon as it differs from the query string's."""
        known = environ.get("QUERY_STRING", "")
        with self.sent:
            self.sent.wait_for(lambda: str(self.sends) != known, WAIT_SECONDS)
            answer = str(self.sends).encode()
        start_response("200 OK", [("Content-Length", str(len(answer)))])
        return [answer]


def _read_body(environ: Environ) -> bytes:
    size = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(size)
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _service(environ: Environ) -> str:
    """The service that a request was signed for (SigV4's credential scope)."""
    parts = environ.get("HTTP_AUTHORIZATION", "").split("/")
    return parts[3].lower() if len(parts) > 4 else ""  # noqa: PLR2004  # key/date/region/service/aws4


def watched_moto(data_root: Path) -> WatchedMoto:
    """moto for every service, with the keys and plans of the last run."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    folder = StackFolder(data_root)
    api_keys.restore(folder.api_keys)
    dispatcher = DomainDispatcherApplication(create_backend_app)
    clock, messages = MovableClock(folder.clock_offset), MessageJournal.open(folder.messages)
    return WatchedMoto(dispatcher, folder, clock, messages)
