"""How values are written in a query: one way each, before any parser is lenient about them.

Pydantic reads ``1_0``, ``+10`` and full-width digits as 10, and ``on`` as true; a proxy, a log or
another language does not.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import get_args

from offers.entrypoints.http.request_errors import FieldError


@dataclass(frozen=True, slots=True)
class Form:
    """The only way to write values of a type; what to tell whoever wrote one in another way."""

    pattern: re.Pattern[str]
    message: str
    code: str

    def accepts(self, text: str) -> bool:
        """Whether it is written so."""
        return self.pattern.fullmatch(text) is not None


_FORMS: Mapping[Hashable, Form] = {
    bool: Form(re.compile(r"true|false"), "Write true or false.", "boolean"),
    int: Form(re.compile(r"[0-9]+"), "Write a whole number in the digits 0 to 9.", "digits"),
}


@cache
def form_of(annotation: Hashable) -> Form | None:
    """Of a parameter's type, ``int | None`` and the like included; None if any text may stand."""
    if annotation in _FORMS:
        return _FORMS[annotation]
    return next((form for each in get_args(annotation) if (form := form_of(each))), None)


def strangers(given: Mapping[str, Sequence[str]], known: Set[str]) -> Iterator[FieldError]:
    """Parameters that the route has not, and those given more than once."""
    for name, values in given.items():
        if name not in known:
            message = "This route has no such query parameter."
            yield FieldError(f"query.{name}", message, "unknown_parameter")
        elif len(values) > 1:
            message = "Give this query parameter once."
            yield FieldError(f"query.{name}", message, "repeated_parameter")
