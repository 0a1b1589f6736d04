"""What a command shows: tables for people, tab-separated text for pipes, JSON and CSV for programs.

A list names its columns. On a terminal they are a table in which only prose is folded, and nothing
cut; where nobody looks, each row is a line with tabs between its values, as ``cut`` and ``awk``
want it. ``-o`` asks for another form, ``--columns`` for other columns.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from infra.cli.errors import WrongUse

Document = Mapping[str, Any]
_NO_LIMIT = 100_000
PROSE = {
    *("name", "description", "reason", "attention_reason", "before", "after", "facts"),
    *("detail", "body"),
}
"""Columns that may be folded where the screen is narrow; all others are words, numbers and
identifiers, which are of use only whole."""


class Form(StrEnum):
    """How a list is written."""

    table = "table"
    wide = "wide"
    tsv = "tsv"
    csv = "csv"
    json = "json"


@dataclass(frozen=True)
class Listing:
    """What was asked for on the command line; None leaves it to where the output goes."""

    form: Form | None = None
    columns: str | None = None

    def chosen(self, columns: Sequence[str], wide: Sequence[str]) -> Sequence[str]:
        """The names to show: those asked for, else those of the form."""
        if self.columns is not None:
            return [name.strip() for name in self.columns.split(",")]
        return (*columns, *wide) if self.form is Form.wide else columns


def as_json(document: object) -> None:
    """Indented, on standard output."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def as_table(columns: Sequence[str], documents: Iterable[Document], *, title: str = "") -> None:
    """One row per document; a column is a member's name, its underscores shown as spaces."""
    table = Table(title=title or None, title_justify="left", box=None, padding=(0, 2, 0, 0))
    rows = [[cell(document.get(name)) for name in columns] for document in documents]
    for place, name in enumerate(columns):
        heading = name.replace("_", " ").upper()
        whole = max(map(cell_len, (heading, *(row[place] for row in rows))))
        is_prose = name in PROSE
        table.add_column(heading, no_wrap=not is_prose, min_width=None if is_prose else whole)
    for row in rows:
        table.add_row(*row)
    console = _screen()
    least = Console(width=_NO_LIMIT).measure(table).minimum
    console.width = max(console.width, least)  # whole, also where the screen is narrower
    console.print(table)


def show(document: Document, *, is_json: bool) -> None:
    """One thing: its members below one another."""
    if is_json:
        as_json(document)
        return
    table = Table(show_header=False, box=None)
    for name, value in document.items():
        table.add_row(f"[bold]{name.replace('_', ' ')}[/bold]", cell(value))
    _screen().print(table)


def show_all(  # what there is, and how it was asked for
    columns: Sequence[str],
    documents: Iterable[Document],
    *,
    is_json: bool = False,
    listing: Listing | None = None,
    wide: Sequence[str] = (),
    nothing: str = "Nothing found.",
) -> None:
    """A list: everything as JSON, otherwise the named columns. Raises WrongUse for a column that
    there is not.
    """
    asked = listing or Listing()
    form = Form.json if is_json else asked.form or _usual()
    found = list(documents)
    if form is Form.json:
        as_json(found)
        return
    names = asked.chosen(columns, wide)
    _require_known(names, found)
    if form in {Form.tsv, Form.csv}:
        _as_lines(names, found, "\t" if form is Form.tsv else ",")
    elif found:
        as_table(names, found)
    else:
        say(nothing)


def say(sentence: str) -> None:
    """Something for the person at the terminal, out of the way of what is piped on."""
    Console(stderr=True, highlight=False).print(sentence, markup=False)


@contextmanager
def working(sentence: str) -> Iterator[None]:
    """Shows that something goes on; nothing when nobody looks."""
    with Console(stderr=True).status(sentence):
        yield


def cell(value: object) -> str:
    """A value in a table."""
    from rich.markup import escape

    return escape(plain(value))


def plain(value: object) -> str:
    """A value as text on one line."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{k}={plain(v)}" for k, v in value.items() if v is not None)
    if isinstance(value, list):
        return ", ".join(map(plain, value))
    return " ".join(str(value).split())


def _usual() -> Form:
    return Form.table if sys.stdout.isatty() else Form.tsv


def _require_known(names: Sequence[str], found: Sequence[Document]) -> None:
    known = {name for document in found for name in document}
    unknown = [name for name in names if found and name not in known]
    if unknown:
        message = f"There is no column {', '.join(unknown)}; there are {', '.join(sorted(known))}."
        raise WrongUse(message)


def _as_lines(names: Sequence[str], found: Iterable[Document], separator: str) -> None:
    """A header and a line for each; a cell that a spreadsheet would run is made harmless in CSV."""
    writer = csv.writer(sys.stdout, delimiter=separator, lineterminator="\n")
    writer.writerow(names)
    for document in found:
        cells = [plain(document.get(name)) for name in names]
        writer.writerow(map(_harmless, cells) if separator == "," else cells)


def _harmless(text: str) -> str:
    """OWASP, CSV injection: a leading quote keeps a spreadsheet from running it."""
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) and not is_number else text


def _screen() -> Console:
    """Wide enough that nothing is cut when the output goes to a file."""
    console = Console()
    return console if console.is_terminal else Console(width=200)
