"""Who the command acts as. No secret is ever taken from the command line's arguments, which other
users of the machine can read."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from infra.cli.errors import Refused, Unreachable, WrongUse
from infra.http.client import JsonClient, NoReply

TOKEN, USERNAME = "OFFERS_TOKEN", "OFFERS_USERNAME"
PASSWORD = "OFFERS_PASSWORD"  # noqa: S105  # the name of a variable


@dataclass
class PasswordSignIn:
    """Signs in with a password; later prolongs the session instead of asking again."""

    url: str
    username: str
    password: str
    refresh_token: str | None = None

    def __call__(self) -> Mapping[str, str]:
        """The Authorization header. Raises Refused or Unreachable."""
        tokens = self._refreshed() or self._post(
            "login", {"username": self.username, "password": self.password}
        )
        if tokens is None:
            message = "The username or the password is wrong."
            raise Refused(message, "invalid_credentials")
        self.refresh_token = tokens["refresh_token"]
        return {"Authorization": f"Bearer {tokens['access_token']}"}

    def _refreshed(self) -> dict[str, str] | None:
        if self.refresh_token is None:
            return None
        return self._post("refresh", {"refresh_token": self.refresh_token})

    def _post(self, action: str, body: dict[str, str]) -> dict[str, str] | None:
        """The tokens; None for 401."""
        try:
            reply = JsonClient(self.url)("POST", f"/api/v1/auth/{action}", body)
        except NoReply as error:
            message = f"Cannot sign in at {self.url}: no answer of this API."
            raise Unreachable(message) from error
        if reply.status == HTTPStatus.UNAUTHORIZED:
            return None
        if not reply.is_good:
            raise Refused.of(reply.document)
        return dict(reply.document)


@dataclass(frozen=True)
class TokenSignIn:
    """An access token from elsewhere; it cannot be prolonged."""

    token: str

    def __call__(self) -> Mapping[str, str]:
        """The Authorization header."""
        return {"Authorization": f"Bearer {self.token}"}


def operator_at(url: str) -> PasswordSignIn | TokenSignIn:
    """From OFFERS_TOKEN, or OFFERS_USERNAME and OFFERS_PASSWORD, or by asking.

    Raises WrongUse where nobody can be asked.
    """
    if token := os.environ.get(TOKEN):
        return TokenSignIn(token)
    username, password = os.environ.get(USERNAME), os.environ.get(PASSWORD)
    if not (username and password) and not sys.stdin.isatty():
        message = f"Set {TOKEN}, or {USERNAME} and {PASSWORD}: there is no terminal to ask."
        raise WrongUse(message)
    username = username or input("Username: ")
    return PasswordSignIn(url, username, password or getpass.getpass(f"Password of {username}: "))
