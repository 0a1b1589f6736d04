"""Logged-out access tokens, by their ids."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from offers.adapters.redis.client import RedisServer


class RedisDenylist:
    """Port Denylist: one key for each token, which Redis forgets when the token has expired
    anyway."""

    def __init__(self, server: RedisServer) -> None:
        self._server = server

    def deny(self, token_id: str, until: datetime) -> None:
        """Remember it until then, by the clock of Redis."""
        expiry = max(math.ceil(until.timestamp()), 1)
        self._server.command("SET", _key(token_id), 1, "EXAT", expiry)

    def is_denied(self, token_id: str) -> bool:
        """Whether it was denied; False when Redis is away (its breaker has logged that)."""
        found = self._server.command("EXISTS", _key(token_id))
        return bool(found == 1)


def _key(token_id: str) -> str:
    return f"denied:{token_id}"
