"""Slows down guessing of passwords."""

from typing import Protocol


class LoginThrottle(Protocol):
    """Counts failed sign-ins per username and per address; fails open, with a warning, when it is
    away.
    """

    def check(self, username: str, address: str) -> None:
        """Raise TooManyAttempts while either has failed too often."""

    def record_failure(self, username: str, address: str) -> None:
        """Count one more failure. Never raises."""

    def clear(self, username: str) -> None:
        """The right password was given: forget the username's failures. Never raises."""
