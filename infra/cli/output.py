"""What a command shows: JSON for programs, tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.table import Table

Document = Mapping[str, Any]


def as_json(document: object) -> None:
    """Indented, on standard output."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def as_table(columns: Sequence[str], documents: Iterable[Document], *, title: str = "") -> None:
    """One row per document; a column is a member's name, its underscores shown as spaces."""
    table = Table(*(name.replace("_", " ") for name in columns), title=title or None)
    for document in documents:
        table.add_row(*(cell(document.get(name)) for name in columns))
    _screen().print(table)


def show(document: Document, *, is_json: bool) -> None:
    """One thing: its members below one another."""
    if is_json:
        as_json(document)
        return
    table = Table(show_header=False, box=None)
    for name, value in document.items():
        table.add_row(f"[bold]{name.replace('_', ' ')}[/bold]", cell(value))
    _screen().print(table)


def show_all(columns: Sequence[str], documents: Iterable[Document], *, is_json: bool) -> None:
    """A list: everything as JSON, the named columns as a table."""
    if is_json:
        as_json(list(documents))
    else:
        as_table(columns, documents)


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

    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return escape(", ".join(f"{k}={cell(v)}" for k, v in value.items() if v is not None))
    if isinstance(value, list):
        return escape(", ".join(map(cell, value)))
    return escape(str(value))


def _screen() -> Console:
    """Wide enough that nothing is cut when the output goes to a file."""
    console = Console()
    return console if console.is_terminal else Console(width=200)
