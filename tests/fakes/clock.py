"""Time that stands still until it is moved, and ids in order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

START = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)


class FakeClock:
    """Port Clock."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class FakeIds:
    """Port NewId: 1, 2, 3 … as UUIDs of version 7, so that failures read well."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> UUID:
        self.count += 1
        return UUID(int=(self.count << 80) | (7 << 76) | (2 << 62) | self.count)
