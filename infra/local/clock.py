"""The stack's clock: the machine's, moved forward by as many seconds as its file says."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from infra.local.data_folder import write_atomically


@dataclass(frozen=True)
class MovableClock:
    """Every function reads the same file (CLOCK_OFFSET_FILE), so the whole stack moves at once."""

    file: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds())

    def offset_seconds(self) -> float:
        return float(self.file.read_text(encoding="utf-8")) if self.file.exists() else 0.0

    def advance(self, seconds: float) -> datetime:
        with self._lock:
            write_atomically(self.file, str(self.offset_seconds() + seconds))
        return self.now()
