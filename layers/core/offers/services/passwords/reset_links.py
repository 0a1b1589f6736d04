"""Links that lead to the page where a password is chosen anew."""

from __future__ import annotations

from dataclasses import dataclass

PATH = "/api/v1/auth/password/reset/page"


@dataclass(frozen=True, slots=True)
class ResetLinks:
    """``public_url`` is where the API is reached."""

    public_url: str

    def url(self, token: str) -> str:
        """The page that asks for the new password; opening it changes nothing."""
        return f"{self.public_url}{PATH}?token={token}"
