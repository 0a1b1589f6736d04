"""Ended sessions, by their ids."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from redis import Redis

    from offers.adapters.redis.client import RedisServer
    from offers.domain.ids import SessionId


class RedisDenylist:
    """Port Denylist: one key for each session, which Redis forgets when the last of its access
    tokens has expired anyway."""

    def __init__(self, server: RedisServer) -> None:
        self._server = server

    def deny(self, session_ids: Collection[SessionId], until: datetime) -> None:
        """Remember them until then, by the clock of Redis, in one round trip."""
        expiry = max(math.ceil(until.timestamp()), 1)

        def remember(redis: Redis) -> None:
            pipeline = redis.pipeline(transaction=False)
            for session_id in session_ids:
                pipeline.set(_key(session_id), 1, exat=expiry)
            pipeline.execute()

        self._server.ask(remember, None)

    def is_denied(self, session_id: SessionId) -> bool:
        """Whether it was denied; False when Redis is away (its breaker has logged that)."""
        found = self._server.command("EXISTS", _key(session_id))
        return bool(found == 1)


def _key(session_id: SessionId) -> str:
    return f"denied:{session_id}"
