"""Who waits, counted in Redis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from offers.ports.outside.waiting_room import PLACES_EACH

if TYPE_CHECKING:
    from offers.adapters.redis.client import RedisServer
    from offers.domain.ids import UserId

_KEY = "waiting"
"""A sorted set of taken places by when they free themselves; one key, so that it works in a
cluster."""

_ENTER = """
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return -1 end
for place = 0, tonumber(ARGV[3]) - 1 do
  if redis.call('ZADD', KEYS[1], 'NX', now + ARGV[4], ARGV[1] .. ':' .. place) == 1 then
    redis.call('EXPIRE', KEYS[1], 60)
    return place
  end
end
return -1
"""


class RedisWaitingRoom:
    """Port WaitingRoom: one round trip in, one out."""

    def __init__(self, server: RedisServer, places: int) -> None:
        self._server = server
        self._places = places

    def enter(self, user_id: UserId, seconds: float) -> int | None:
        """A place, by the clock of Redis and with a second for the answer; None when Redis is
        away."""
        limits = (self._places, PLACES_EACH, math.ceil(seconds) + 1)
        place = self._server.command("EVAL", _ENTER, 1, _KEY, str(user_id), *limits)
        return place if place in range(PLACES_EACH) else None

    def leave(self, user_id: UserId, place: int) -> None:
        """Free it."""
        self._server.command("ZREM", _KEY, f"{user_id}:{place}")
