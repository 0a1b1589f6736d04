"""GET /health and /health/ready."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from offers.services.health.check_readiness import Parts

State = Literal["ok", "degraded"]


class Health(TypedDict):
    """The API answers."""

    status: Literal["ok"]


class Readiness(TypedDict):
    """Each part by itself; without Redis or the queue the API goes on working."""

    status: State
    database: State
    redis: State
    queue: State


def readiness(parts: Parts) -> Readiness:
    """In words."""
    return Readiness(
        status=_state(is_ok=parts.database and parts.redis and parts.queue),
        database=_state(is_ok=parts.database),
        redis=_state(is_ok=parts.redis),
        queue=_state(is_ok=parts.queue),
    )


def _state(*, is_ok: bool) -> State:
    return "ok" if is_ok else "degraded"
