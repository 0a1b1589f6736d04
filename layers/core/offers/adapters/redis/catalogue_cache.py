"""Catalogue answers in Redis, and for a moment in this process."""

from __future__ import annotations

import hashlib
import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.adapters.redis.offer_codec import dump_page, load_page
from offers.domain.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.adapters.redis.client import RedisServer
    from offers.domain.offer import Offer
    from offers.ports.pages import Page

logger = logging.getLogger(__name__)

TTL_SECONDS = 30
"""How old an answer can be; a change clears Redis at once, but not the memory of other
processes."""
MEMORY_SECONDS = 3
MAX_REMEMBERED = 64
MAX_QUESTIONS = 1000
"""So that nobody fills Redis by searching for random words: more are answered, but not kept."""

_KEY = "catalogue:v1"  # v1: the format of the pages

# One hash, so that clearing is one command. Its first page starts the clock for all, so none gets
# older than the TTL however busy the catalogue is.
_STORE = """
if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[4]) then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
if redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[3]) end
return 1
"""


@dataclass(frozen=True, slots=True)
class _Remembered:
    since: float
    page: Page[Offer]
    text: str


class RedisCatalogueCache:
    """Port CatalogueCache: one round trip, or none while this process remembers the answer."""

    def __init__(
        self,
        server: RedisServer,
        *,
        now: Callable[[], float] = time.time,  # moves on while the environment is frozen
    ) -> None:
        self._server = server
        self._now = now
        self._memory: dict[str, _Remembered] = {}

    def find(self, question: str) -> Page[Offer] | None:
        """The page as this process or Redis knows it."""
        known = self._memory.get(question)
        if known is not None and 0 <= self._now() - known.since < MEMORY_SECONDS:
            return known.page
        text = self._server.command("HGET", _KEY, _field(question))
        if text is None:
            return None
        if known is not None and known.text == text:
            page: Page[Offer] | None = known.page  # reading it takes longer than fetching it
        else:
            page = _readable(text)
        if page is not None:
            self._remember(question, page, text)
        return page

    def store(self, question: str, page: Page[Offer]) -> None:
        """Keep it here and in Redis."""
        field, text = _field(question), dump_page(page)
        self._remember(question, page, text)
        self._server.command("EVAL", _STORE, 1, _KEY, field, text, TTL_SECONDS, MAX_QUESTIONS)

    def clear(self) -> None:
        """Forget everything; other processes remember for up to MEMORY_SECONDS."""
        self._memory.clear()
        self._server.command("DEL", _KEY)

    def _remember(self, question: str, page: Page[Offer], text: str) -> None:
        self._memory.pop(question, None)
        if len(self._memory) >= MAX_REMEMBERED:
            del self._memory[next(iter(self._memory))]  # the oldest
        self._memory[question] = _Remembered(self._now(), page, text)


def _field(question: str) -> str:
    return hashlib.sha256(question.encode()).hexdigest()[:32]


def _readable(text: str) -> Page[Offer] | None:
    try:
        return load_page(text)
    except (LookupError, TypeError, ValueError, AttributeError, DomainError) as failure:
        logger.warning("unreadable catalogue page: %s", type(failure).__name__)
        return None
