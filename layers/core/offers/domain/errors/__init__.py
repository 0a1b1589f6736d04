"""Facts that stop a use case, each with a stable code and its data.

HTTP statuses are decided at the edge.
"""

from __future__ import annotations

from typing import ClassVar


class DomainError(Exception):
    """A rule said no. ``code`` never changes; the message may be shown to the caller."""

    code: ClassVar[str]


class RetryableError(DomainError):
    """A rule said not now: the same request may pass after ``retry_after_seconds``."""

    def __init__(self, message: str, retry_after_seconds: int) -> None:
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds


class NotFound(DomainError):
    """Unknown, or somebody else's: the two look the same from outside."""
