"""Keyset pages: "the rows after this one" instead of OFFSET, in one order with the id as tie-
break."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import literal, tuple_

from offers.adapters.postgres.machinery.column_types import storable
from offers.domain.errors.lists import InvalidCursor
from offers.ports.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Column, ColumnElement, RowMapping, Select

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.ports.pages import PageRequest, Position

T = TypeVar("T")
_MAX_BIGINT = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Keyset:
    """One order of one list. ``columns`` end with the id and are never NULL; all go in one
    direction.

    A position is the order's name followed by the columns' values of a page's last row, so that a
    cursor of another list or order is recognised.
    """

    name: str
    columns: tuple[Column[Any], ...]
    is_descending: bool = False

    def page(
        self,
        statements: Statements,
        query: Select[Any],
        request: PageRequest,
        item_of: Callable[[RowMapping], T],
    ) -> Page[T]:
        """The rows after ``request.after``; one row more is fetched to know whether there is a
        next page."""
        if request.after is not None:
            query = query.where(self._follows(request.after))
        rows = statements.all(query.order_by(*self._order()).limit(request.limit + 1))
        shown = rows[: request.limit]
        has_more = len(rows) > len(shown)
        return Page(tuple(map(item_of, shown)), self._position(shown[-1]) if has_more else None)

    def _order(self) -> list[ColumnElement[Any]]:
        return [column.desc() if self.is_descending else column.asc() for column in self.columns]

    def _follows(self, position: Position) -> ColumnElement[bool]:
        values = tuple_(
            *(
                literal(value, column.type)
                for column, value in zip(self.columns, self._read(position), strict=True)
            )
        )
        row = tuple_(*self.columns)
        return row < values if self.is_descending else row > values

    def _position(self, row: RowMapping) -> Position:
        return (self.name, *(_write(row[column]) for column in self.columns))

    def _read(self, position: Position) -> list[Any]:
        name, *texts = position or ("",)
        if name != self.name or len(texts) != len(self.columns):
            raise InvalidCursor
        return [
            _read(text, column.type.python_type)
            for column, text in zip(self.columns, texts, strict=True)
        ]


def _write(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _read(text: str, kind: type) -> Any:
    """The value that ``_write`` made this text of; InvalidCursor if it made none."""
    try:
        value = _READERS[kind](text)
    except (ValueError, OverflowError):
        raise InvalidCursor from None
    if _write(value) != text:
        raise InvalidCursor
    return value


def _integer(text: str) -> int:
    value = int(text) if len(text) <= len(str(-_MAX_BIGINT)) else _MAX_BIGINT + 1
    if abs(value) > _MAX_BIGINT:
        raise OverflowError
    return value


def _moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    if value.tzinfo is not UTC:  # which every time that was written is in
        raise ValueError(text)
    return value


_READERS: Mapping[type, Callable[[str], Any]] = {
    str: storable,
    int: _integer,
    datetime: _moment,
    UUID: UUID,
}
