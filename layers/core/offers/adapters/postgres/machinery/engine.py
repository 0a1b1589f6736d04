"""Connections to PostgreSQL, as few and as cheap as a function needs."""

from __future__ import annotations

import select
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, exc, make_url

from offers.adapters.postgres.machinery.batch import batch_statements
from offers.adapters.postgres.machinery.failures import shed_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine
    from sqlalchemy.engine import ExceptionContext

    from offers.adapters.secrets.credentials import AskCredentials

CONNECT_TIMEOUT_SECONDS = 3
POOL_TIMEOUT_SECONDS = 2
"""Together with the wait for a lock (4 s, a setting of the database) they end before the shortest
function does, so that its 503 is heard (a test of the template compares).
"""
_CONNECTING = {
    "application_name": "offers",
    "connect_timeout": CONNECT_TIMEOUT_SECONDS,
    "keepalives_idle": 30,
    "tcp_user_timeout": 10_000,  # milliseconds: a peer that vanished is noticed within a request
}
_REFUSED = ("password", "credentials")
"""What the messages of PostgreSQL and of RDS Proxy speak of when they do not let someone in; libpq
tells no SQLSTATE of a connection that failed."""
_READ_ONLY_TRANSACTION = "25006"


def make_engine(
    url: str,
    credentials: AskCredentials | None = None,
    *,
    pool_size: int = 3,
    max_overflow: int = 0,
) -> Engine:
    """An engine that connects when it is first used, asking for ``credentials`` at every new
    connection, and once more, ``fresh``, when they are refused: a password that was changed a
    moment ago costs no request.

    One Lambda environment handles one event at a time, mostly on one connection: a second and a
    third are opened only where messages of a batch are worked on side by side, and the one used
    last is used next. The driver is in autocommit: units of work send BEGIN and COMMIT themselves,
    together with other statements. No session settings are made, since RDS Proxy pins a session
    that SETs and refuses the ``options`` of libpq; the timeouts are settings of the database
    (first migration).
    """
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg2"),
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        pool_use_lifo=True,
        use_native_hstore=False,  # asking for its type would cost each connection a round trip
        hide_parameters=True,
        connect_args=_CONNECTING,
    )
    batch_statements(engine)
    event.listen(engine, "checkout", _refuse_dead)
    event.listen(engine, "handle_error", _leave_demoted_server)
    event.listen(engine, "handle_error", shed_values)
    if credentials is not None:
        event.listen(engine, "do_connect", _sign_in(credentials))
    return engine


def _sign_in(credentials: AskCredentials) -> Callable[..., Any]:
    def sign_in(dialect: Any, _record: Any, _arguments: Any, parameters: dict[str, Any]) -> Any:
        known = credentials()
        try:
            return dialect.connect(**{**parameters, "user": known[0], "password": known[1]})
        except dialect.loaded_dbapi.OperationalError as failure:
            if not any(word in str(failure) for word in _REFUSED):
                raise
            changed = credentials(fresh=True)
            if changed == known:
                raise
        return dialect.connect(**{**parameters, "user": changed[0], "password": changed[1]})

    return sign_in


def _refuse_dead(connection: Any, _record: Any, _proxy: Any) -> None:
    """An idle connection has nothing to say, unless it is ending; looking costs no round trip.

    The pool answers DisconnectionError with a new connection.
    """
    poller = select.poll()
    poller.register(connection.fileno(), select.POLLIN)
    if poller.poll(0):
        raise exc.DisconnectionError


def _leave_demoted_server(context: ExceptionContext) -> None:
    """After a failover the old writer only reads: its connections must go (SQLSTATE 25006)."""
    if getattr(context.original_exception, "pgcode", None) == _READ_ONLY_TRANSACTION:
        context.is_disconnect = True
