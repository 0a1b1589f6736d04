"""Runs a file: a bounded number of rows at a time, each row reported exactly once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from uuid import uuid4

from infra.cli.bulk.journal import Journal
from infra.cli.bulk.outcomes import Outcome, Summary
from infra.cli.bulk.record import Record
from infra.cli.bulk.rows import Row, Sheet
from infra.cli.errors import Refused

WAITING_PER_WORKER = 4


Act = Callable[[Row, str], Outcome]
"""Does one row, with an idempotency key for the connection's tries.

Raises Refused for a bad row, else Unreachable. What makes a row count once in all runs is its
reference, not this key.
"""


@dataclass(frozen=True)
class BulkRun:
    """``act`` is called from ``concurrency`` threads. Memory does not grow with the file, but for
    the line numbers that an earlier run finished.

    ``place`` is the address that the rows go to: done there is not done elsewhere.
    """

    sheet: Sheet
    rows: Callable[[], Iterator[Row]]
    place: str
    act: Act
    concurrency: int
    progress: Callable[[Summary], None]
    key: str = field(default_factory=lambda: f"bulk-{uuid4().hex}")

    def __call__(self) -> Summary:
        """Raises Unreachable when the stack went away: run it again then, and it goes on where it
        stopped.
        """
        with ExitStack() as open_files:
            record = Record.of(self.sheet, self.place, open_files)
            pool = open_files.enter_context(ThreadPoolExecutor(self.concurrency))
            waiting: deque[tuple[Row, Future[Outcome]]] = deque()
            try:
                for row in self.rows():
                    if row.line in record.journal.done:
                        record.summary.skipped += 1
                    else:
                        waiting.append((row, pool.submit(self._once, row)))
                    if len(waiting) >= self.concurrency * WAITING_PER_WORKER:
                        self._settle(*waiting.popleft(), record)
                while waiting:
                    self._settle(*waiting.popleft(), record)
            finally:
                _finish(waiting, record.journal)
        return record.summary

    def _settle(self, row: Row, future: Future[Outcome], record: Record) -> None:
        try:
            outcome = future.result()
        except Refused as refused:
            record.rejected(row, refused)
        else:
            record.settled(row, outcome)
        self.progress(record.summary)

    def _once(self, row: Row) -> Outcome:
        if row.problem is not None:
            raise Refused(row.problem, "bad_row")
        return self.act(row, f"{self.key}-{row.line}")


def _finish(waiting: deque[tuple[Row, Future[Outcome]]], journal: Journal) -> None:
    """After an interruption: rows not begun are left, those under way are waited for and noted."""
    for row, future in waiting:
        if not future.cancel() and future.exception() is None and future.result().is_final:
            journal.note(row.line)
