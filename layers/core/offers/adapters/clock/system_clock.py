"""The system's clock, which the laptop stack may move forward."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

logger = logging.getLogger(__name__)


class SystemClock:
    """Port Clock. With ``offset_file``, adds the seconds in that file, which is read again when it
    changes.

    A missing or unreadable file counts as no offset.
    """

    def __init__(self, offset_file: Path | None = None) -> None:
        self._offset_file = offset_file
        self._read_state: tuple[int, int] | None = None
        self._offset = timedelta()

    def __call__(self) -> datetime:
        """Now, as an aware datetime in UTC."""
        return datetime.now(UTC) + self._current_offset()

    def _current_offset(self) -> timedelta:
        if self._offset_file is None:
            return self._offset
        try:
            found = self._offset_file.stat()
        except OSError:
            return timedelta()
        state = (found.st_mtime_ns, found.st_size)
        if state != self._read_state:
            self._offset, self._read_state = _read(self._offset_file), state
        return self._offset


def _read(offset_file: Path) -> timedelta:
    try:
        return timedelta(seconds=float(offset_file.read_text().strip() or 0))
    except (OSError, ValueError, OverflowError):
        logger.warning("the clock's offset file %s is unreadable", offset_file)
        return timedelta()
