"""Says on the terminal what is ready, and how long it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Say = Callable[[str], None]


def say_line(line: str) -> None:
    """On the terminal, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def silent(_: str) -> None:
    """For tests: the parts are ready without a word."""


@dataclass
class Progress:
    """One line per part, with the seconds since the start."""

    started: float = field(default_factory=time.monotonic)

    def __call__(self, part: str) -> None:
        """``part`` is ready."""
        say_line(f"  {time.monotonic() - self.started:5.1f} s  {part}")
