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
        database=lambda: outside.store().answers(),
        redis=lambda: outside.redis().answers(),
        queue=lambda: outside.queues().backlog(Topic.ACTIVATION) is not None,
    )
