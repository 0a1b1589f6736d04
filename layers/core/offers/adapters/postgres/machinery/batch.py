"""Several statements in one round trip.

A unit of work holds back writes whose result nobody needs and sends them together with the next
statement that has one, or with the COMMIT; BEGIN travels with the first. The driver binds every
value itself (``mogrify``), and the texts go to the server as one simple query, which PostgreSQL
runs statement by statement, stopping at the first error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from psycopg2.extensions import cursor as Cursor  # noqa: N812  # the driver's class is lower case
    from sqlalchemy import Engine
    from sqlalchemy.engine.interfaces import ExecutionContext


class Batch:
    """What waits to be sent, beginning with BEGIN."""

    def __init__(self) -> None:
        self._held: list[bytes] = [b"BEGIN"]
        self.has_reached_server = False

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was asked of the database at all."""
        return not self.has_reached_server and len(self._held) == 1

    def hold(self, text: bytes) -> None:
        """Keep a bound statement for the next round trip."""
        self._held.append(text)

    def send(self, cursor: Cursor, text: bytes) -> None:
        """Send everything held and then this; on an error all of it stays held."""
        cursor.execute(b";\n".join((*self._held, text)))
        self._held.clear()
        self.has_reached_server = True

    def forget(self) -> None:
        """Drop what is held: it must never be sent."""
        self._held.clear()


def batch_statements(engine: Engine) -> None:
    """Make connections of the engine honour the options ``batch`` (a Batch) and ``held`` (hold it
    back)."""
    event.listen(engine, "do_execute", _execute)


def _execute(cursor: Cursor, statement: str, parameters: Any, context: ExecutionContext) -> bool:
    batch: Batch | None = context.execution_options.get("batch")
    if batch is None:
        return False
    text = cursor.mogrify(statement, parameters)
    if context.execution_options.get("held"):
        batch.hold(text)
    else:
        batch.send(cursor, text)
    return True
