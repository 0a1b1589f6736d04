"""Holds a unit of work just before one of its calls, while others go on."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from tests.proofs.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from sqlalchemy import Engine

    from tests.proofs.watch import Point

_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
PATIENCE_SECONDS = 10


@dataclass
class Gate(Watch):
    """Closed before the call of this name, until it is opened."""

    before: str = ""
    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def _stop_at(self, point: Point) -> None:
        if point.call == self.before and not point.takes_effect:
            self.reached.set()
            assert self.opened.wait(PATIENCE_SECONDS)


def in_a_thread(action: Callable[[], Any]) -> Future[Any]:
    """What it comes to, later."""
    from concurrent.futures import Future

    future: Future[Any] = Future()

    def run() -> None:
        try:
            future.set_result(action())
        except Exception as error:  # noqa: BLE001  # the outcome is what the test looks at
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


def until_done_or_waiting(future: Future[Any], engine: Engine) -> None:
    """Return when it has ended, or waits for a lock that another holds."""
    pause = threading.Event()
    for _ in range(PATIENCE_SECONDS * 100):
        with engine.connect() as connection:
            if future.done() or connection.scalar(_WAITING):
                return
        pause.wait(0.01)
    message = "it neither ends nor waits"
    raise AssertionError(message)
