"""Files that a run leaves beside its own: rows to mend and run again, and rows to know about."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from infra.cli.bulk.cells import harmless
from infra.cli.bulk.rows import WHY_REJECTED

if TYPE_CHECKING:
    from pathlib import Path

    from infra.cli.bulk.rows import Row, Sheet
    from infra.cli.errors import Refused

Write = Callable[[Iterable[str]], None]


@contextmanager
def a_sheet(path: Path, header: Iterable[str], delimiter: str) -> Iterator[Write]:
    """Writes rows to ``path`` anew, each cell harmless in a spreadsheet; none is left without
    rows. Bytes that were not UTF-8 are written as they were.
    """
    rows = 0
    with path.open("w", encoding="utf-8", errors="surrogateescape", newline="") as content:
        writer: Any = csv.writer(content, delimiter=delimiter)
        writer.writerow(header)

        def write(cells: Iterable[str]) -> None:
            nonlocal rows
            rows += 1
            writer.writerow(map(harmless, cells))

        try:
            yield write
        finally:
            if not rows:
                path.unlink()


@contextmanager
def rejects_of(sheet: Sheet) -> Iterator[Callable[[Row, Refused], str]]:
    """Writes ``FILE.rejects.csv``, and returns its name: the file's own columns and then why, so
    that it can be mended and run as it is. A row with too many or too few cells keeps them, and so
    stays wrong until it is mended.
    """
    path = sheet.file.with_name(f"{sheet.file.name}.rejects.csv")
    with a_sheet(path, (*sheet.columns, *WHY_REJECTED), sheet.delimiter) as write:

        def reject(row: Row, refused: Refused) -> str:
            write((*row.fields, str(row.line), refused.code, str(refused)))
            return str(path)

        yield reject
