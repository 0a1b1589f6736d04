"""A CSV file, row by row."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from infra.cli.bulk.cells import meant
from infra.cli.errors import WrongUse

CHUNK = 1 << 20
DELIMITERS = ",;\t"
WHY_REJECTED = ("rejected_line", "rejected_code", "rejected_message")
"""The last columns of a file of rejects: read over, so that it can be run as it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is where it ends in the file; ``problem`` says why it cannot even be read.

    ``fields`` are its cells as they stand, also when there are too many or too few of them.
    """

    line: int
    values: Mapping[str, str]
    problem: str | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file whose first line names its columns, set apart by commas, semicolons or tabs."""

    file: Path
    delimiter: str
    columns: tuple[str, ...]
    explained: int
    """How many of ``WHY_REJECTED`` follow the columns."""

    @classmethod
    def of(cls, file: Path, needed: Iterable[str]) -> Sheet:
        """Raises WrongUse if the header lacks a column of ``needed`` (``a|b``: one of these)."""
        with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            first = lines.readline()
        delimiter = max(DELIMITERS, key=first.count)
        header = [name.strip() for name in next(csv.reader([first], delimiter=delimiter), [])]
        columns = tuple(name for name in header if name not in WHY_REJECTED)
        _require(columns, needed)
        if header[: len(columns)] != list(columns):
            message = f"The columns {', '.join(WHY_REJECTED)} must come last, or be taken out."
            raise WrongUse(message)
        return cls(file, delimiter, columns, len(header) - len(columns))

    def rows(self) -> Iterator[Row]:
        """Every row, good or bad, one at a time."""
        # Bytes that are not UTF-8 become lone surrogates, so that they spoil their own row only.
        with self.file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
            reader = csv.reader(lines, strict=True, delimiter=self.delimiter)
            next(reader)
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Row(reader.line_num, {}, f"not CSV: {error}")
                else:
                    if cells:  # an empty line is no row
                        yield self._row(reader.line_num, cells)

    def _row(self, line: int, cells: list[str]) -> Row:
        own = islice(cells, max(0, len(cells) - self.explained))
        fields = tuple(meant(text.strip()) for text in own)
        values = dict(zip(self.columns, fields, strict=False))
        if len(fields) != len(self.columns):
            problem = f"{len(fields)} fields instead of {len(self.columns)}"
            return Row(line, values, problem, fields)
        if any("\ud800" <= character <= "\udfff" for text in fields for character in text):
            return Row(line, values, "not UTF-8", fields)
        return Row(line, values, None, fields)


def digest(file: Path, place: str) -> str:
    """SHA-256 of the content and of where it goes: what makes two runs the same."""
    hashed = hashlib.sha256(place.encode())
    with file.open("rb") as content:
        while chunk := content.read(CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def _require(header: Iterable[str], needed: Iterable[str]) -> None:
    missing = [names for names in needed if not set(names.split("|")) & set(header)]
    if missing:
        wanted = ", ".join(names.replace("|", " or ") for names in missing)
        message = f"The first line must name the columns; it lacks {wanted}."
        raise WrongUse(message)
