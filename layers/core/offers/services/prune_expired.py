"""Forget what is no longer needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from offers.ports.clock import Clock
    from offers.ports.store import Reading

KEEP_IDEMPOTENCY_KEYS = timedelta(hours=24)
KEEP_EXPIRED_TOKENS = timedelta(days=1)
BATCH = 1_000


@dataclass(frozen=True)
class PruneExpired:
    """Idempotency keys after 24 hours, refresh tokens a day after they expired; in small
    statements.
    """

    reading: Reading
    clock: Clock

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many of each went. Raises StoreUnavailable."""
        now = self.clock()
        with self.reading() as store:
            return {
                "idempotency_keys": _in_batches(
                    store.idempotency.delete_before, now - KEEP_IDEMPOTENCY_KEYS, has_time
                ),
                "refresh_tokens": _in_batches(
                    store.refresh_tokens.delete_expired, now - KEEP_EXPIRED_TOKENS, has_time
                ),
            }


def _in_batches(delete: Callable[..., int], before: object, has_time: Callable[[], bool]) -> int:
    gone = 0
    while has_time():
        batch = delete(before, BATCH)
        gone += batch
        if batch < BATCH:
            break
    return gone
