"""Forget what is no longer needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from offers.ports.clock import Clock
    from offers.ports.store.work import UnitOfWork, Work

KEEP_IDEMPOTENCY_KEYS = timedelta(hours=24)
KEEP_EXPIRED_TOKENS = timedelta(days=1)
KEEP_WEBHOOK_DELIVERIES = timedelta(days=90)
BATCH = 1_000


@dataclass(frozen=True)
class PruneExpired:
    """Idempotency keys after 24 hours, refresh tokens and sessions a day after their end, webhook
    deliveries after 90 days; in small statements.
    """

    unit_of_work: UnitOfWork
    clock: Clock

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many of each went. Raises StoreUnavailable."""
        now = self.clock()
        return {
            "idempotency_keys": self._in_batches(
                lambda work: work.idempotency.delete_before(now - KEEP_IDEMPOTENCY_KEYS, BATCH),
                has_time,
            ),
            "password_resets": self._in_batches(
                lambda work: work.password_resets.delete_expired(now, BATCH), has_time
            ),
            "refresh_tokens": self._in_batches(
                lambda work: work.sessions.delete_expired_tokens(now - KEEP_EXPIRED_TOKENS, BATCH),
                has_time,
            ),
            "sessions": self._in_batches(
                lambda work: work.sessions.delete_ended(now - KEEP_EXPIRED_TOKENS, BATCH),
                has_time,
            ),
            "webhook_deliveries": self._in_batches(
                lambda work: work.webhook_deliveries.delete_before(
                    now - KEEP_WEBHOOK_DELIVERIES, BATCH
                ),
                has_time,
            ),
        }

    def _in_batches(self, delete: Callable[[Work], int], has_time: Callable[[], bool]) -> int:
        gone = 0
        while has_time():
            with self.unit_of_work() as work:
                batch = delete(work)
            gone += batch
            if batch < BATCH:
                break
        return gone
