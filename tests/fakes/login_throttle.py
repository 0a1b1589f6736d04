"""Port LoginThrottle for tests of something else. To count, take the process's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.sign_in import Attempt


class NoLoginThrottle:
    """Everybody may try as often as they like."""

    def admit(self, attempt: Attempt) -> None:
        """Always."""

    def clear(self, attempt: Attempt) -> None:
        """Nothing was counted."""
