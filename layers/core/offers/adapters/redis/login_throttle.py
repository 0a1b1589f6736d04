"""Sign-ins that were not shown to be right, counted in Redis."""

from __future__ import annotations

import hashlib
from ipaddress import IPv6Network, ip_address
from typing import TYPE_CHECKING

from offers.domain.errors.sessions import TooManyAttempts

if TYPE_CHECKING:
    from redis import Redis

    from offers.adapters.redis.client import RedisServer

WINDOW_SECONDS = 15 * 60
"""Counted from the first try; when it ends, the count starts anew."""
TRIES_PER_USERNAME = 5
TRIES_PER_ADDRESS = 50
"""Higher than for a username, since whole offices and mobile networks share one address."""

# Counting and starting the window are one step, so that no count is left without an end.
_COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('TTL', KEYS[1])}
"""
_UNCOUNT = """
if (tonumber(redis.call('GET', KEYS[1])) or 0) > 0 then redis.call('DECR', KEYS[1]) end
"""

_Counts = list[list[int]]


class RedisLoginThrottle:
    """Port LoginThrottle, one round trip for each call.

    Keys hold hashes: no usernames or addresses are stored. The two keys are sent side by side, not
    in one script, since a cluster keeps them in different places.
    """

    def __init__(
        self,
        server: RedisServer,
        *,
        per_username: int = TRIES_PER_USERNAME,
        per_address: int = TRIES_PER_ADDRESS,
        window_seconds: int = WINDOW_SECONDS,
    ) -> None:
        self._server = server
        self._per_username = per_username
        self._per_address = per_address
        self._window_seconds = window_seconds

    def admit(self, username: str, address: str) -> None:
        """Count it for both; raise TooManyAttempts with the seconds until the window ends."""

        def count(redis: Redis) -> _Counts:
            pipeline = redis.pipeline(transaction=False)
            for key in (_username_key(username), _address_key(address)):
                pipeline.eval(_COUNT, 1, key, self._window_seconds)
            counts: _Counts = pipeline.execute()
            return counts

        limits = (self._per_username, self._per_address)
        unknown: _Counts = []
        counts = self._server.ask(count, unknown)
        waits = [ttl for (tries, ttl), limit in zip(counts, limits, strict=False) if tries > limit]
        if waits:
            raise TooManyAttempts(max(1, *waits))

    def clear(self, username: str, address: str) -> None:
        """The address keeps its other tries: somebody else's guesses may be among them."""

        def forget(redis: Redis) -> None:
            pipeline = redis.pipeline(transaction=False)
            pipeline.delete(_username_key(username))
            pipeline.eval(_UNCOUNT, 1, _address_key(address))
            pipeline.execute()

        self._server.ask(forget, None)


def _username_key(username: str) -> str:
    return f"login:username:{_hash(username.casefold())}"


def _address_key(address: str) -> str:
    return f"login:address:{_hash(_network(address))}"


def _network(address: str) -> str:
    """One subscriber: an IPv4 address, or the /64 that IPv6 gives to each (RFC 6177)."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return address
    if found.version == 4:  # noqa: PLR2004  # the protocol's name
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:32]
