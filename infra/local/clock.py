"""The stack's clock: the machine's, moved forward by as many seconds as its file says."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from infra.local.stack_folder import write_atomically

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class MovableClock:
    """Every function reads the same file (CLOCK_OFFSET_FILE), so the whole stack moves at once."""

    file: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> datetime:
        """UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds())

    def offset_seconds(self) -> float:
        """How far it is ahead of the machine's."""
        return float(self.file.read_text(encoding="utf-8")) if self.file.exists() else 0.0

    def advance(self, seconds: float) -> datetime:
        """Move it forward; the moment it is then."""
        with self._lock:
            write_atomically(self.file, str(self.offset_seconds() + seconds))
        return self.now()
