"""The endpoints below /_local, for developers and tests; nothing like them is deployed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, jsonify, render_template, request

from infra.local.provisioning.simulator import Behaviour, Simulator

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.local.clock import MovableClock
    from infra.local.control.mailbox import Mailbox
    from infra.local.control.metrics import MetricLog
    from infra.local.control.webhooks import WebhookInbox
    from infra.local.events.scheduler import Scheduler
    from infra.local.runtime.environment import Invocation
    from infra.local.runtime.lambda_runtime import LambdaRuntime

Answer = Response | str | tuple[Response, int]


@dataclass(frozen=True)
class Controls:
    """What the endpoints control."""

    clock: MovableClock
    mailbox: Mailbox
    metrics: MetricLog
    webhooks: WebhookInbox
    simulator: Simulator
    scheduler: Scheduler
    runtime: LambdaRuntime
    parts: Callable[[], list[dict[str, str]]]
    """Each part with its address and state, for the front page."""


def control_app(controls: Controls) -> Flask:
    """The WSGI application for every path below /_local."""
    app = Flask("infra.local.control", static_folder=None, template_folder="templates")
    app.url_map.strict_slashes = False
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    for path, method, view in (
        ("/_local/", "GET", _Pages(controls).index),
        ("/_local/mailbox", "GET", _Pages(controls).mailbox),
        ("/_local/mailbox", "DELETE", _Actions(controls).empty_mailbox),
        ("/_local/clock", "GET", _Actions(controls).clock),
        ("/_local/clock", "POST", _Actions(controls).advance_clock),
        ("/_local/schedules/<name>", "POST", _Actions(controls).run_schedule),
        ("/_local/functions/<name>/invocations", "POST", _Actions(controls).invoke),
        ("/_local/provisioning", "GET", _Actions(controls).provisioning),
        ("/_local/provisioning", "PUT", _Actions(controls).set_provisioning),
        ("/_local/metrics", "GET", _Actions(controls).metrics),
        ("/_local/webhooks", "GET", _Actions(controls).webhooks),
        ("/_local/webhooks", "POST", _Actions(controls).receive_webhook),
    ):
        app.add_url_rule(path, f"{method} {path}", view, methods=[method])
    return app


def _wants_json() -> bool:
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) != "text/html"


@dataclass(frozen=True)
class _Pages:
    controls: Controls

    def index(self) -> Answer:
        parts = self.controls.parts()
        if _wants_json():
            return jsonify(parts)
        schedules = sorted(s.function_name for s in self.controls.scheduler.schedules)
        now = f"{self.controls.clock.now():%Y-%m-%d %H:%M:%S} UTC"
        return render_template("index.html", parts=parts, schedules=schedules, now=now)

    def mailbox(self) -> Answer:
        mails = self.controls.mailbox.mails()
        return jsonify(mails) if _wants_json() else render_template("mailbox.html", mails=mails)


@dataclass(frozen=True)
class _Actions:
    controls: Controls

    def empty_mailbox(self) -> Answer:
        self.controls.mailbox.file.unlink(missing_ok=True)
        return jsonify([])

    def clock(self) -> Answer:
        now = self.controls.clock.now()
        offset = self.controls.clock.offset_seconds()
        return jsonify(now=f"{now:%Y-%m-%dT%H:%M:%S.%f}Z", offset_seconds=offset)

    def advance_clock(self) -> Answer:
        seconds = (request.get_json(silent=True) or {}).get("advance_seconds")
        if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds < 0:
            return _bad(
                "advance_seconds must be a number, zero or more: the clock only goes forward"
            )
        self.controls.clock.advance(seconds)
        return self.clock()

    def run_schedule(self, name: str) -> Answer:
        invocation = self.controls.scheduler.run_now(name)
        if invocation is None:
            return jsonify(error=f"{name} is not a scheduled function of the template"), 404
        return _answer(invocation)

    def invoke(self, name: str) -> Answer:
        if name not in self.controls.runtime.functions:
            return jsonify(error=f"{name} is not a function of the template"), 404
        return _answer(self.controls.runtime.invoke(name, request.get_json(silent=True)))

    def provisioning(self) -> Answer:
        return jsonify(self.controls.simulator.describe())

    def set_provisioning(self) -> Answer:
        try:
            behaviour = Behaviour.of(request.get_json(silent=True) or {})
        except (ValueError, TypeError) as error:
            return _bad(str(error))
        self.controls.simulator.behave(behaviour)
        return self.provisioning()

    def metrics(self) -> Answer:
        """Every data point, for tests and for the dashboard."""
        return jsonify([asdict(point) for point in self.controls.metrics.collected()])

    def webhooks(self) -> Answer:
        return jsonify(self.controls.webhooks.received())

    def receive_webhook(self) -> Answer:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = request.get_data(as_text=True)
        self.controls.webhooks.receive(headers, body, self.controls.clock.now())
        return jsonify(received=True)


def _answer(invocation: Invocation) -> Answer:
    """A function that failed answers 502 with its error; otherwise what it returned."""
    if invocation.error:
        return jsonify(dict(invocation.error)), 502
    result: Any = json.loads(invocation.payload)
    return jsonify(result)


def _bad(message: str) -> Answer:
    return jsonify(error=message), 400
