"""The sandbox partner's webhook endpoint: keeps what it receives and says thank you."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

KEPT = 1000


@dataclass
class WebhookInbox:
    """The newest calls, oldest forgotten first."""

    calls: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def receive(self, headers: Mapping[str, str], body: str, at: datetime) -> None:
        """Keep a call."""
        call = {
            "received_at": f"{at:%Y-%m-%dT%H:%M:%S.%f}Z",
            "headers": dict(headers),
            "body": body,
        }
        with self.lock:
            self.calls.appendleft(call)

    def received(self) -> list[dict[str, Any]]:
        """What is kept."""
        with self.lock:
            return list(self.calls)
