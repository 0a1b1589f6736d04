"""Slows down guessing of passwords."""

from typing import Protocol


class LoginThrottle(Protocol):
    """Counts sign-ins per username and per address; fails open, with a warning, when it is away."""

    def admit(self, username: str, address: str) -> None:
        """Count one more try, or raise TooManyAttempts after too many that were not cleared.

        Counted before the password is looked at, so that guessing in parallel gains nothing.
        """

    def clear(self, username: str, address: str) -> None:
        """The right password was given: forget the username's tries, and this one of the address.

        Never raises.
        """
