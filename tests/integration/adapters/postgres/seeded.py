"""Secrets and personal data, the logs they must not be found in, and the edges that write ours."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Boolean, Column, DateTime, Integer, LargeBinary, Table
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from offers.entrypoints.events import schedule, sqs_batch
from offers.entrypoints.http import rest
from tests.factories import NOW, new_id
from tests.unit.entrypoints.events.test_sqs_batch import a_record
from tests.unit.entrypoints.http.calling import FakeContext, an_event, call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

HASH = "$argon2id$v=19$m=1$c2VlZGVk$cGFzc3dvcmQ"
USERNAME = "private-ada"
EMAIL = "ada.private@example.com"
SECRET = "whsec_c2VlZGVkLXNlY3JldA=="
BYTES = b"private-token-hash"
SEEDED = (USERNAME, HASH, EMAIL, SECRET, BYTES.decode(), BYTES.hex())


_VALUES: dict[type[Any], Any] = {
    Boolean: True,
    Integer: 1,
    DateTime: NOW,
    JSONB: {"secret": SECRET},
    ARRAY: [SECRET],
    LargeBinary: BYTES,
}


class Logs:
    """What the database and the edges have written since the test began."""

    def __init__(self, server_log: Path, ours: pytest.LogCaptureFixture) -> None:
        self._server_log, self._ours = server_log, ours
        self._from = len(server_log.read_bytes())

    @property
    def server(self) -> str:
        return self._server_log.read_bytes()[self._from :].decode("utf-8", "replace")

    @property
    def ours(self) -> str:
        return self._ours.text + "".join(repr(record.__dict__) for record in self._ours.records)

    def assert_tell_nothing(self) -> None:
        for where, log in (("PostgreSQL's log", self.server), ("our log", self.ours)):
            found = [seeded for seeded in SEEDED if seeded in log]
            assert not found, f"{where} holds {found}: {log}"


def at_every_edge(action: Callable[[], object]) -> None:
    """Do it where a request, a message and a schedule would, each of which logs what it raises."""
    app = rest.app("test")

    @app.get("/api/v1/fail")
    def fail() -> rest.Answer:
        action()
        return rest.no_content()

    reply = call(rest.handler(app), an_event("GET", "/api/v1/fail"))
    assert reply.status >= 400, "the database did not refuse"
    assert not any(seeded in str(reply.body) for seeded in SEEDED)
    context: Any = FakeContext()

    def process(_message: sqs_batch.Message) -> sqs_batch.Result:
        action()
        return sqs_batch.DONE

    sqs_batch.handler(process)({"Records": [a_record("a", "{}")]}, context)
    with suppress(Exception):
        schedule.handler("test", lambda _: {"done": action()})({}, context)


def a_value(column: Column[Any]) -> Any:
    """Seeded where the column can hold it."""
    kind = getattr(column.type, "impl", column.type)
    for known, value in _VALUES.items():
        if isinstance(kind, known):
            return value
    return new_id() if column.type.python_type is UUID else f"{EMAIL} {HASH} {SECRET}"


def a_row(table: Table) -> dict[str, Any]:
    return {column.name: a_value(column) for column in table.columns if column.identity is None}
