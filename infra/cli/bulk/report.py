"""What a bulk run shows while it runs and when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infra.cli import output
from infra.cli.bulk.outcomes import NOTES, Summary
from infra.cli.errors import Refused

PLAIN_EVERY_SECONDS = 10.0


@contextmanager
def watched(name: str, rows: int) -> Iterator[Callable[[Summary], None]]:
    """A bar in a terminal; elsewhere a line now and then."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _plain()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=console) as bar:
        task = bar.add_task(name, total=rows)
        yield lambda summary: bar.update(task, completed=summary.total)


def conclude(summary: Summary, *, is_json: bool) -> None:
    """Show the sums, and the rows that were done before or wait for a second administrator.

    Raises Refused if any row was rejected.
    """
    sums = asdict(summary)
    if is_json:
        output.as_json(sums)
    else:
        notes = sums.pop("notes")
        output.show(sums, is_json=False)
        if notes:
            output.as_table(NOTES, notes)
    if summary.rejected:
        message = f"{summary.rejected} rows were rejected: see {summary.rejects_file}."
        raise Refused(message, "rows_rejected")


def _plain() -> Callable[[Summary], None]:
    told_at = time.monotonic()

    def tell(summary: Summary) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= PLAIN_EVERY_SECONDS:
            told_at = time.monotonic()
            output.say(f"{summary.total} rows, {summary.rejected} rejected …")

    return tell
