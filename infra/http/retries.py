"""Trying again: what may have failed for a moment, and only what does no harm done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from urllib3 import Retry
from urllib3.exceptions import MaxRetryError

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from urllib3 import BaseHTTPResponse
    from urllib3.connectionpool import ConnectionPool

TRIES = 6
LONGEST_PAUSE_SECONDS = 90
"""Whoever asks for more is believed at once: nobody waits for tomorrow in front of a terminal."""
FOR_A_MOMENT = (429, 500, 502, 503, 504)


class PatientRetry(Retry):
    """Waits as long as Retry-After says, else twice as long each time; the last answer counts."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> Self:
        """Raise MaxRetryError, which ends the tries, for a pause that nobody would sit through."""
        asked = self.get_retry_after(response) if response is not None else None
        if asked is not None and asked > LONGEST_PAUSE_SECONDS and _pool is not None:
            raise MaxRetryError(_pool, url or "", error)
        return super().increment(method, url, response, error, _pool, _stacktrace)


NEVER = PatientRetry(0, raise_on_status=False, redirect=False)
REPEATABLE = PatientRetry(
    TRIES - 1,
    redirect=False,
    allowed_methods=None,  # whoever asks for this has an idempotency key, or reads
    status_forcelist=FOR_A_MOMENT,
    backoff_factor=0.2,
    raise_on_status=False,
)
