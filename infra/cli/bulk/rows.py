"""A CSV file, row by row."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.cli.errors import WrongUse

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """``line`` is where it ends in the file; ``problem`` says why it cannot even be read."""

    line: int
    values: Mapping[str, str]
    problem: str | None = None


def digest(file: Path) -> str:
    """SHA-256 of the content: what makes two runs the same."""
    hashed = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def read_rows(file: Path, needed: Iterable[str]) -> Iterator[Row]:
    """Every row, good or bad, one at a time.

    Raises WrongUse if the header lacks a column of ``needed`` (``a|b``: one of these), or has one
    twice.
    """
    # Bytes that are not UTF-8 become lone surrogates, so that they spoil their own row only.
    with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        header = [name.strip() for name in next(reader, [])]
        _require(header, needed)
        while True:
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Row(reader.line_num, {}, f"not CSV: {error}")
            else:
                if fields:  # an empty line is no row
                    yield _row(reader.line_num, header, fields)


def _row(line: int, header: list[str], fields: list[str]) -> Row:
    values = {name: text.strip() for name, text in zip(header, fields, strict=False)}
    if len(fields) != len(header):
        return Row(line, values, f"{len(fields)} fields instead of {len(header)}")
    if any("\ud800" <= character <= "\udfff" for text in fields for character in text):
        readable = {n: t.encode("utf-8", "replace").decode() for n, t in values.items()}
        return Row(line, readable, "not UTF-8")
    return Row(line, values)


def _require(header: list[str], needed: Iterable[str]) -> None:
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        message = f"The first line names a column twice: {', '.join(twice)}."
        raise WrongUse(message)
    missing = [names for names in needed if not set(names.split("|")) & set(header)]
    if missing:
        wanted = ", ".join(names.replace("|", " or ") for names in missing)
        message = f"The first line must name the columns; it lacks {wanted}."
        raise WrongUse(message)
