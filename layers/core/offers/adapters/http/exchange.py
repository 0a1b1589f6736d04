"""One HTTP exchange: send and receive, or say how far it came.

The standard library's client is light and always there, and one new connection for each call tells
the two failures apart that matter here. A pooled connection that is found dead leaves it open
whether the request arrived.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from offers.adapters.http.connection import connected

if TYPE_CHECKING:
    from collections.abc import Mapping
    from urllib.parse import SplitResult

MAX_ANSWER_BYTES = 64 * 1024


class AnswerLost(Exception):
    """The request was sent, or a part of it, and no whole answer came back in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Any HTTP answer; redirects are answers too and are not followed."""

    status: int
    retry_after: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """``timeout_seconds`` is for everything together after name resolution, connecting included."""

    base: SplitResult
    timeout_seconds: float
    connect_timeout_seconds: float

    def __call__(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        """Raises NothingSent or AnswerLost, and nothing else."""
        deadline = time.monotonic() + self.timeout_seconds
        with connected(self.base, self.connect_timeout_seconds, deadline) as line:
            http = HTTPConnection(str(self.base.hostname), self.base.port)
            http.sock = line
            try:
                http.request(method, self.base.path.rstrip("/") + path, body, dict(headers))
                return _receive(http)
            except (OSError, HTTPException, ValueError) as failure:
                raise AnswerLost(type(failure).__name__) from failure
            finally:
                http.close()


def _receive(http: HTTPConnection) -> Answer:
    with http.getresponse() as response:
        body = response.read(MAX_ANSWER_BYTES + 1)
        if len(body) > MAX_ANSWER_BYTES:
            cause = f"answer over {MAX_ANSWER_BYTES} bytes"
            raise AnswerLost(cause)
        return Answer(response.status, response.getheader("Retry-After"), body)
