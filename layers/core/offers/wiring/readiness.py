"""Which parts answer."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from offers.wiring import outside

if TYPE_CHECKING:
    from offers.services.check_readiness import CheckReadiness


@cache
def check_readiness() -> CheckReadiness:
    """GET /health/ready."""
    from offers.domain.outbox import Topic
    from offers.services.check_readiness import CheckReadiness

    return CheckReadiness(
        database=_database_answers,
        redis=lambda: outside.redis().command("PING") is not None,
        queue=lambda: outside.queues().backlog(Topic.ACTIVATION) is not None,
    )


def _database_answers() -> bool:
    """A connection that was cut says nothing about the server: the next one does."""
    from sqlalchemy.exc import DBAPIError, SQLAlchemyError

    for _ in range(2):
        try:
            with outside.engine().connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except SQLAlchemyError as error:
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                continue
            return False
        return True
    return False
