"""The sandbox partner's webhook endpoint: keeps what it receives and says thank you."""

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

KEPT = 1000


@dataclass
class WebhookInbox:
    """The newest calls, oldest forgotten first."""

    calls: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=KEPT))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def receive(self, headers: Mapping[str, str], body: str, at: datetime) -> None:
        call = {
            "received_at": f"{at:%Y-%m-%dT%H:%M:%S.%f}Z",
            "headers": dict(headers),
            "body": body,
        }
        with self.lock:
            self.calls.appendleft(call)

    def received(self) -> list[dict[str, Any]]:
        with self.lock:
            return list(self.calls)
