"""Failed sign-ins, counted in Redis."""

from __future__ import annotations

import hashlib
from ipaddress import IPv6Network, ip_address
from typing import TYPE_CHECKING

from offers.domain.errors import TooManyAttempts

if TYPE_CHECKING:
    from redis import Redis

    from offers.adapters.redis.client import RedisServer

WINDOW_SECONDS = 15 * 60
"""Counted from the first failure; when it ends, the count starts anew."""
FAILURES_PER_USERNAME = 5
FAILURES_PER_ADDRESS = 50
"""Higher than for a username, since whole offices and mobile networks share one address."""

# Counting and starting the window are one step, so that no count is left without an end.
_COUNT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""

_Counts = tuple[str | int | None, ...]


class RedisLoginThrottle:
    """Port LoginThrottle, one round trip for each call.

    Keys hold hashes: no usernames or addresses are stored. The two keys are sent side by side, not
    in one script, since a cluster keeps them in different places.
    """

    def __init__(
        self,
        server: RedisServer,
        *,
        per_username: int = FAILURES_PER_USERNAME,
        per_address: int = FAILURES_PER_ADDRESS,
        window_seconds: int = WINDOW_SECONDS,
    ) -> None:
        self._server = server
        self._per_username = per_username
        self._per_address = per_address
        self._window_seconds = window_seconds

    def check(self, username: str, address: str) -> None:
        """Raise TooManyAttempts with the seconds until the window ends."""
        keys = _username_key(username), _address_key(address)

        def read(redis: Redis) -> _Counts:
            pipeline = redis.pipeline(transaction=False)
            for key in keys:
                pipeline.get(key)
                pipeline.ttl(key)
            return tuple(pipeline.execute())

        none: _Counts = (None, None, None, None)
        user_count, user_ttl, address_count, address_ttl = self._server.ask(read, none)
        wait = max(
            _wait(user_count, user_ttl, self._per_username),
            _wait(address_count, address_ttl, self._per_address),
        )
        if wait:
            raise TooManyAttempts(wait)

    def record_failure(self, username: str, address: str) -> None:
        """Count it for both."""

        def count(redis: Redis) -> None:
            pipeline = redis.pipeline(transaction=False)
            for key in (_username_key(username), _address_key(address)):
                pipeline.eval(_COUNT, 1, key, self._window_seconds)
            pipeline.execute()

        self._server.ask(count, None)

    def clear(self, username: str) -> None:
        """Forget the username's failures, not the address's: others sign in from there too."""
        self._server.command("DEL", _username_key(username))


def _wait(count: str | int | None, ttl_seconds: str | int | None, limit: int) -> int:
    """How long to wait: 0 below the limit. A count that is not a number counts as none."""
    is_number = isinstance(count, str) and count.isdecimal()
    if not is_number or int(count or 0) < limit:
        return 0
    return max(int(ttl_seconds or 0), 1)


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
