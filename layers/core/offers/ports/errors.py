"""Failures of the outside that a caller may be told about."""

from offers.domain.errors import RetryableError


class StoreUnavailable(RetryableError):
    """PostgreSQL cannot be reached or broke off; nothing was committed, or it is not known to have
    been.
    """

    code = "database_unavailable"

    def __init__(self) -> None:
        super().__init__("The service is temporarily unavailable.", 5)
