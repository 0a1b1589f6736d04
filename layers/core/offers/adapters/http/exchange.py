"""One HTTP exchange: send and receive, or say how far it came and why.

The standard library's client is light and always there, and one new connection for each call tells
the two failures apart that matter here. A pooled connection that is found dead leaves it open
whether the request arrived.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

from offers.adapters.http.cause import AnswerLost, Cause, cause_of_no_answer
from offers.adapters.http.connection import anybody, connected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from urllib.parse import SplitResult

MAX_ANSWER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """Any HTTP answer; redirects are answers too and are not followed."""

    status: int
    retry_after: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """``timeout_seconds`` is for everything together after name resolution, connecting included.

    ``accept`` judges every address that the host has. Without ``reads_body`` the answer ends with
    its headers, however much follows.
    """

    timeout_seconds: float
    connect_timeout_seconds: float
    accept: Callable[[str], bool] = anybody
    reads_body: bool = True

    def __call__(
        self, method: str, url: SplitResult, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        """Raises NothingSent or AnswerLost, and nothing else."""
        deadline = time.monotonic() + self.timeout_seconds
        target = (url.path or "/") + (f"?{url.query}" if url.query else "")
        with connected(url, self.connect_timeout_seconds, deadline, self.accept) as line:
            http = HTTPConnection(str(url.hostname), url.port)
            http.sock = line
            try:
                http.request(method, target, body, dict(headers))
                return self._receive(http)
            except (OSError, HTTPException, ValueError) as failure:
                raise AnswerLost(cause_of_no_answer(deadline)) from failure
            finally:
                http.close()

    def _receive(self, http: HTTPConnection) -> Answer:
        with http.getresponse() as response:
            body = response.read(MAX_ANSWER_BYTES + 1) if self.reads_body else b""
            if len(body) > MAX_ANSWER_BYTES:
                raise AnswerLost(Cause.ANSWER_TOO_LARGE)
            return Answer(response.status, response.getheader("Retry-After"), body)
