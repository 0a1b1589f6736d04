"""Running statements on one connection, for as long as one unit of work or one reading lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg2.extensions import TRANSACTION_STATUS_IDLE, TRANSACTION_STATUS_INERROR
from sqlalchemy import exc

from offers.adapters.postgres.machinery.batch import Batch
from offers.adapters.postgres.machinery.failures import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, CursorResult, Executable, RowMapping

Parameters = dict[str, Any]


class Statements:
    """Statements that are each a transaction of their own: one round trip each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def run(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        """Send it now. A connection that turns out to be dead is replaced once if repeating is
        safe."""
        with translated():
            try:
                return self._connection.execute(statement, parameters)
            except exc.DBAPIError as error:
                if not (error.connection_invalidated and self._can_repeat(statement)):
                    raise
                self._connection.rollback()  # SQLAlchemy's way to allow a new connection
                return self._connection.execute(statement, parameters)

    def first(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> RowMapping | None:
        """The first row, or None."""
        return self.run(statement, parameters).mappings().first()

    def all(
        self, statement: Executable, parameters: Parameters | None = None
    ) -> Sequence[RowMapping]:
        """All rows."""
        return self.run(statement, parameters).mappings().all()

    def later(self, statement: Executable, parameters: Parameters | None = None) -> None:
        """A statement without a result; here it is run at once."""
        self.run(statement, parameters)

    def _can_repeat(self, statement: Executable) -> bool:
        return statement.is_select


class TransactionStatements(Statements):
    """Statements of one database transaction, which begins with the first of them."""

    def __init__(self, connection: Connection) -> None:
        self._batch = Batch()
        super().__init__(connection.execution_options(batch=self._batch))

    def later(self, statement: Executable, parameters: Parameters | None = None) -> None:
        """Hold it back for the next round trip; what it violates is raised there."""
        self._connection.execute(statement, parameters, execution_options={"held": True})

    def commit(self) -> None:
        """Send what is held and COMMIT, in one round trip.

        When the connection breaks here, nobody knows whether it was committed: that is
        StoreUnavailable too.
        """
        self._refuse_ignored_failure()
        if self._batch.is_untouched:
            return
        with translated():
            self._connection.exec_driver_sql("COMMIT")

    def roll_back(self) -> None:
        """Undo everything, or drop the connection if that cannot be done. Never raises."""
        self._batch.forget()
        if self._connection.invalidated or self._status() == TRANSACTION_STATUS_IDLE:
            return
        try:
            self._connection.exec_driver_sql("ROLLBACK")
        except exc.SQLAlchemyError:
            self._connection.invalidate()

    def _refuse_ignored_failure(self) -> None:
        """PostgreSQL answers COMMIT of a failed transaction with a silent rollback: that must not
        pass."""
        if self._connection.invalidated or self._status() == TRANSACTION_STATUS_INERROR:
            message = "a failed statement was ignored and its unit of work went on"
            raise RuntimeError(message)

    def _status(self) -> int:
        driver_connection: Any = self._connection.connection.driver_connection
        return int(driver_connection.info.transaction_status)

    def _can_repeat(self, statement: Executable) -> bool:  # noqa: ARG002  # nothing was done yet
        return not self._batch.has_reached_server
