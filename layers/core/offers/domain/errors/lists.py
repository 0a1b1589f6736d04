"""What stops a list."""

from __future__ import annotations

from offers.domain.errors import DomainError


class InvalidCursor(DomainError):
    """A cursor that this list did not issue, or a damaged one."""

    code = "invalid_cursor"

    def __init__(self) -> None:
        super().__init__("The cursor does not belong to this list; start again without it.")
