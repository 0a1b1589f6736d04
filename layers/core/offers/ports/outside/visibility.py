"""When a message that is being handled may be delivered again."""

from __future__ import annotations

from typing import Protocol


class Visibility(Protocol):
    """Changes when a message that is being handled may be delivered again."""

    def hide(self, receipt_handle: str, seconds: int) -> None:
        """Never raises: if it fails, the queue's own visibility timeout applies."""
