"""Runs a file: a bounded number of rows at a time, each row reported exactly once."""

from __future__ import annotations

import csv
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.cli.bulk.journal import Journal
from infra.cli.bulk.rows import Row, digest, read_rows
from infra.cli.connection.http import RetryLater
from infra.cli.errors import Refused, Unreachable

TRIES = 6
LONGEST_PAUSE_SECONDS = 90.0
WAITING_PER_WORKER = 4

Act = Callable[[Row, str], None]
"""Does one row under its idempotency key. Raises Refused for a bad row, else Unreachable."""


@dataclass
class Summary:
    """What became of the rows; ``skipped`` were done by an earlier run."""

    done: int = 0
    skipped: int = 0
    rejected: int = 0
    rejects_file: str | None = None

    @property
    def total(self) -> int:
        """All rows looked at."""
        return self.done + self.skipped + self.rejected


@dataclass(frozen=True)
class BulkRun:
    """``act`` is called from ``concurrency`` threads. Memory does not grow with the file, but for
    the line numbers that an earlier run finished.
    """

    file: Path
    needed: tuple[str, ...]
    act: Act
    concurrency: int
    progress: Callable[[Summary], None]
    pause: Callable[[float], None] = time.sleep

    def __call__(self) -> Summary:
        """Raises WrongUse for a wrong header, and Unreachable when the stack went away: run it
        again then, and it goes on where it stopped.
        """
        key = digest(self.file)
        summary = Summary()
        with (
            Journal.of(self.file, key) as journal,
            _rejects(self.file, summary) as reject,
            ThreadPoolExecutor(self.concurrency) as pool,
        ):
            waiting: deque[tuple[Row, Future[None]]] = deque()
            try:
                for row in read_rows(self.file, self.needed):
                    if row.line in journal.done:
                        summary.skipped += 1
                    else:
                        waiting.append((row, pool.submit(self._once, row, f"bulk-{key[:24]}")))
                    if len(waiting) >= self.concurrency * WAITING_PER_WORKER:
                        self._settle(*waiting.popleft(), summary, journal, reject)
                while waiting:
                    self._settle(*waiting.popleft(), summary, journal, reject)
            finally:
                _finish(waiting, journal)
        return summary

    def _settle(
        self,
        row: Row,
        future: Future[None],
        summary: Summary,
        journal: Journal,
        reject: Callable[[Row, Refused], None],
    ) -> None:
        try:
            future.result()
        except Refused as refused:
            reject(row, refused)
            summary.rejected += 1
        else:
            journal.note(row.line)
            summary.done += 1
        self.progress(summary)

    def _once(self, row: Row, run_key: str) -> None:
        """The key is the same in every run, so a row that was done counts once."""
        if row.problem is not None:
            raise Refused(row.problem, "bad_row")
        for attempt in range(1, TRIES + 1):
            try:
                return self.act(row, f"{run_key}-{row.line}")
            except RetryLater as later:
                if attempt == TRIES or later.after_seconds > LONGEST_PAUSE_SECONDS:
                    raise
                self.pause(max(later.after_seconds, 0.2 * 2**attempt))
            except Unreachable:
                if attempt == TRIES:
                    raise
                self.pause(0.2 * 2**attempt)
        return None  # pragma: no cover  # the last attempt returns or raises


def _finish(waiting: deque[tuple[Row, Future[None]]], journal: Journal) -> None:
    """After an interruption: rows not begun are left, those under way are waited for and noted."""
    for row, future in waiting:
        if not future.cancel() and future.exception() is None:
            journal.note(row.line)


@contextmanager
def _rejects(file: Path, summary: Summary) -> Iterator[Callable[[Row, Refused], None]]:
    """Writes ``FILE.rejects.csv`` anew; none is left if nothing was rejected."""
    path = file.with_name(f"{file.name}.rejects.csv")
    with path.open("w", encoding="utf-8", newline="") as content:
        writer: Any = csv.writer(content)

        def reject(row: Row, refused: Refused) -> None:
            if summary.rejects_file is None:
                summary.rejects_file = str(path)
                writer.writerow(["line", "code", "message", *row.values])
            writer.writerow([row.line, refused.code, str(refused), *row.values.values()])

        yield reject
    if summary.rejects_file is None:
        path.unlink()
