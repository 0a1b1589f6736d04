"""Statements that SQLAlchemy 2.0 does not keep compiled, compiled once when their module is loaded.

Its cache takes no statement with ON CONFLICT, so each of them would be compiled anew at every
execution, which costs more than PostgreSQL takes to run it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import psycopg2

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, ClauseElement, Table, TextClause
    from sqlalchemy.sql.compiler import SQLCompiler

_CAST = re.compile(r"(:\w+)::(\w+)")


def compiled(statement: ClauseElement) -> TextClause:
    """The same statement as text, with the same parameters of the same types.

    Its rows are read by the columns' names.
    """
    dialect = psycopg2.dialect(paramstyle="named")  # type: ignore[no-untyped-call]  # SQLAlchemy's
    written = cast("SQLCompiler", statement.compile(dialect=dialect))
    # A parameter with `::` behind it is none to text().
    return text(_CAST.sub(r"CAST(\1 AS \2)", written.string)).bindparams(
        *(
            bindparam(name, bound.value, type_=bound.type, required=bound.required)
            for bound, name in written.bind_names.items()
        )
    )


def parameters(table: Table, *names: str) -> dict[str, BindParameter[Any]]:
    """A parameter for each column that is named, to be the ``values`` of an INSERT."""
    return {name: bindparam(name, type_=table.c[name].type) for name in names}
