"""Sign-ins that were not shown to be right, counted in Redis."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import TooManyAttempts
from offers.ports.outside.login_throttle import WINDOW_SECONDS

if TYPE_CHECKING:
    from redis import Redis

    from offers.adapters.redis.client import RedisServer
    from offers.domain.sign_in import Attempt, Count
    from offers.ports.outside.login_throttle import LoginThrottle

# Counting and starting the window are one step, so that no count is left without an end.
_COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('TTL', KEYS[1])}
"""
_UNCOUNT = """
if (tonumber(redis.call('GET', KEYS[1])) or 0) > 0 then redis.call('DECR', KEYS[1]) end
"""

_Counted = list[list[int]]


class RedisLoginThrottle:
    """Port LoginThrottle, one round trip for each call; while Redis is away, the ``substitute``
    counts.

    Keys hold hashes: no usernames or addresses are stored. They are sent side by side, not in one
    script, since a cluster keeps them in different places.
    """

    def __init__(self, server: RedisServer, substitute: LoginThrottle) -> None:
        self._server = server
        self._substitute = substitute

    def admit(self, attempt: Attempt) -> None:
        """Count it; raise TooManyAttempts with the seconds until the last window ends."""

        def count(redis: Redis) -> _Counted | None:
            pipeline = redis.pipeline(transaction=False)
            for each in attempt.counts:
                pipeline.eval(_COUNT, 1, _key(each), WINDOW_SECONDS)
            counted: _Counted = pipeline.execute()
            return counted

        counted = self._server.ask(count, None)
        if counted is None:
            self._substitute.admit(attempt)
            return
        limits = [each.limit for each in attempt.counts]
        waits = [ttl for (tries, ttl), limit in zip(counted, limits, strict=True) if tries > limit]
        if waits:
            raise TooManyAttempts(max(1, *waits))

    def clear(self, attempt: Attempt) -> None:
        """In Redis and here: either may have counted it."""
        first, *others = map(_key, attempt.counts)

        def forget(redis: Redis) -> None:
            pipeline = redis.pipeline(transaction=False)
            pipeline.delete(first)
            for key in others:
                pipeline.eval(_UNCOUNT, 1, key)
            pipeline.execute()

        self._server.ask(forget, None)
        self._substitute.clear(attempt)


def _key(count: Count) -> str:
    hashed = hashlib.sha256(count.subject.encode(errors="replace")).hexdigest()[:32]
    return f"login:{count.kind}:{hashed}"
