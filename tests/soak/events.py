"""What happened during a soak: counted by all threads, read by the report."""

from __future__ import annotations

import time
import traceback
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offers.domain.errors import DomainError
from tests.proofs.watch import Crash

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Note:
    """What an action came to."""

    outcome: str = "done"


@dataclass
class Events:
    """Appending to lists and counting are safe enough among threads: a lost count is no breach."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: Counter[str] = field(default_factory=Counter)
    checks: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    @contextmanager
    def measured(self, action: str) -> Iterator[Note]:
        """Time an action and note what it came to; only what nobody foresaw is a breach."""
        started, note = time.perf_counter(), Note()
        try:
            yield note
        except Crash:
            note.outcome = "crashed"
        except DomainError as refusal:
            note.outcome = type(refusal).__name__
        except Exception as error:  # noqa: BLE001  # that is what a soak looks for
            note.outcome = type(error).__name__
            self.breaches.append(f"{action}: {error!r}\n{traceback.format_exc(limit=-4)}")
        self.outcomes[action][note.outcome] += 1
        self.seconds[action].append(time.perf_counter() - started)

    @contextmanager
    def checking(self, promise: str) -> Iterator[None]:
        """Count a check; a broken promise is a breach."""
        self.checks[promise] += 1
        try:
            yield
        except AssertionError as broken:
            self.breaches.append(f"{promise}: {broken}")
