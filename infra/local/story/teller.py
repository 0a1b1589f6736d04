"""Tells what happens, and stops the story when something else happens."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.local.errors import StackError
from infra.local.seed.people import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.local.commands.api_client import ApiClient

WAIT_SECONDS = 20.0
DAY_SECONDS = 86_400


def say(heading: str, *lines: str) -> None:
    """A heading, and what there is to see under it."""
    sys.stdout.write("\n".join([f"\n● {heading}", *(f"    {line}" for line in lines)]) + "\n")
    sys.stdout.flush()


def expect(found: object, expected: object) -> None:
    """Raises StackError when the story goes wrong."""
    if found != expected:
        message = f"The story went wrong: {found!r} instead of {expected!r}"
        raise StackError(message)


@dataclass
class Teller:
    """One customer's side of the story, and the controls of the stack."""

    client: ApiClient
    username: str
    told: set[str] = field(default_factory=set)
    """Subjects of emails that the story has told of."""

    def sign_in(self) -> None:
        """With the password that every seeded user has."""
        self.client.sign_in(self.username, PASSWORD)

    def get(self, path: str) -> Any:
        """A document below /api/v1."""
        return self.client.call("GET", f"/api/v1{path}")

    def buy(self, offer: dict[str, Any]) -> dict[str, Any]:
        """The settled transaction."""
        body = {"offer_id": offer["id"]}
        accepted = self.client.call("POST", "/api/v1/activation", body, status=202)
        return self.settled(accepted)

    def renew(self, offer: dict[str, Any]) -> dict[str, Any]:
        """Likewise, for the period after the one that the customer sees."""
        shown = self.subscription(offer)
        body = {"subscription_id": shown["id"], "expires_at": shown["expires_at"]}
        accepted = self.client.call("POST", "/api/v1/offers/renew", body, status=202)
        return self.settled(accepted)

    def settled(self, accepted: dict[str, Any]) -> dict[str, Any]:
        """What became of an accepted purchase."""
        settled: dict[str, Any] = self.client.settled(accepted["status_url"])
        return settled

    def balance(self) -> str:
        """Amount and currency."""
        account = self.get("/account/balance")
        return f"{account['balance']} {account['currency']}"

    def subscription(self, offer: dict[str, Any]) -> dict[str, Any]:
        """The customer's newest subscription to an offer."""
        found = self.get("/account/subscriptions")["data"]
        return next(each for each in found if each["offer"]["id"] == offer["id"])

    def mail(self, words: str) -> str:
        """An email to this customer about something not told of yet, once it has arrived."""

        def look() -> dict[str, Any] | None:
            for mail in self.client.call("GET", "/_local/mailbox"):
                is_new = self.username in mail["to"] and mail["subject"] not in self.told
                if is_new and words in mail["subject"]:
                    return dict(mail)
            return None

        found = waited_for(look, f"an email with “{words}” to {self.username}")
        self.told.add(found["subject"])
        return f"“{found['subject']}” to {found['to']}"

    def behave(self, mode: str) -> None:
        """How the provisioning system answers the next call."""
        self.client.call("PUT", "/_local/provisioning", {"mode": mode, "count": 1})

    def run_schedule(self, function: str) -> Any:
        """Its result."""
        return self.client.call("POST", f"/_local/schedules/{function}")

    def move_clock(self, days: float) -> str:
        """The day it is then; the customer signs in again, since tokens have expired."""
        moved = {"advance_seconds": days * DAY_SECONDS}
        now: str = self.client.call("POST", "/_local/clock", moved)["now"]
        self.sign_in()
        return now[:10]


def waited_for(look: Callable[[], dict[str, Any] | None], what: str) -> dict[str, Any]:
    """What ``look`` finds; raises StackError when it finds nothing for too long."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.1)
    message = f"Waited {WAIT_SECONDS:.0f} seconds in vain for {what}"
    raise StackError(message)
