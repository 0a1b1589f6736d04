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
    from sqlalchemy.exc import SQLAlchemyError

    try:
        with outside.engine().connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError:
        return False
    return True
