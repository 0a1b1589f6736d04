"""Column types that keep values of the outside from breaking a statement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text as PostgreSQL can hold it: NUL and lone surrogates become U+FFFD, all else stays."""
    if "\0" not in text and text.isascii():
        return str(text)
    return (
        text.replace("\0", _REPLACEMENT)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _storable_json(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable_json(item) for item in value]
    return value


class StoredText(TypeDecorator[str]):
    """``text``. What PostgreSQL cannot hold is replaced, so that it matches nothing instead of
    failing."""

    impl = Text
    cache_ok = True
    python_type = str

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # as SQLAlchemy calls it
        return None if value is None else storable(value)


class StoredJson(TypeDecorator[Any]):
    """``jsonb``, its texts made storable."""

    impl = JSONB
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002  # as SQLAlchemy calls it
        return _storable_json(value)


class Moment(TypeDecorator[datetime]):
    """``timestamptz``: aware datetimes, always UTC when read, whatever time zone the server has."""

    impl = DateTime(timezone=True)
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # as SQLAlchemy calls it
        if value is not None and value.tzinfo is None:
            message = "a moment without a time zone"
            raise ValueError(message)
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # as SQLAlchemy calls it
        return None if value is None else value.astimezone(UTC)
