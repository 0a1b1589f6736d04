"""Slows down guessing of passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from offers.domain.sign_in import Attempt

WINDOW_SECONDS = 15 * 60
"""Counted from the first try; when it ends, the count starts anew."""


class LoginThrottle(Protocol):
    """Counts sign-ins that were not shown to be right, as ``Attempt.counts`` says."""

    def admit(self, attempt: Attempt) -> None:
        """Count one more try, or raise TooManyAttempts after too many that were not cleared.

        Counted before the password is looked at, so that guessing in parallel gains nothing.
        """

    def clear(self, attempt: Attempt) -> None:
        """The right password was given: forget the first count, and this try of the others, where
        somebody else's guesses may be among them.

        Never raises.
        """
