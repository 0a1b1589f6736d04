"""Facts that stop whoever administers."""

from __future__ import annotations

from offers.domain.errors import DomainError


class NotPermitted(DomainError):
    code = "forbidden"

    def __init__(self) -> None:
        super().__init__("This caller may not do that.")


class StaleVersion(DomainError):
    """``If-Match`` names a version that is no longer the current one (RFC 9110 §13.1.1)."""

    code = "precondition_failed"

    def __init__(self) -> None:
        super().__init__("It was changed in the meantime; read it again.")
