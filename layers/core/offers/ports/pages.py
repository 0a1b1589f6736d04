"""Keyset pages: no OFFSET and no COUNT, so that the last page costs what the first costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

Position = tuple[str, ...]
"""Where a page ended: the sort values of its last row as text.

Whoever lists also reads positions, and raises InvalidCursor (offers.domain.errors) for one that it
cannot have issued.
"""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """``limit`` rows after ``after``, or from the start."""

    limit: int = 20
    after: Position | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and where to go on; ``next`` is None on the last page."""

    items: tuple[T, ...]
    next: Position | None = None
