"""Tells the whole story over HTTP, against a stack that is thrown away afterwards."""

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.local.commands.api_client import ApiClient
from infra.local.errors import StackError
from infra.local.progress import Progress
from infra.local.seed.people import PASSWORD
from infra.local.settings import StackSettings

MAIL_SECONDS = 10.0
DAY_SECONDS = 86_400


def demo() -> int:
    """Raises StackError at the first step that does not go as told."""
    from infra.local.stack import LaptopStack

    say("Starting a throw-away stack")
    with (
        tempfile.TemporaryDirectory(prefix="offers-demo-") as folder,
        LaptopStack(StackSettings(Path(folder) / "data", port=0), Progress()) as stack,
    ):
        story = Story(ApiClient(stack.url))
        for step in story.steps():
            step()
    say("The end. `make run` starts a stack of your own.")
    return 0


def say(heading: str, *lines: str) -> None:
    sys.stdout.write("\n".join([f"\n● {heading}", *(f"    {line}" for line in lines)]) + "\n")
    sys.stdout.flush()


@dataclass
class Story:
    """Each step says what happens and checks that it did."""

    client: ApiClient
    offers: tuple[dict[str, Any], ...] = ()

    def steps(self) -> tuple[Callable[[], None], ...]:
        return (
            self.sign_in,
            self.browse,
            self.activate,
            self.click_again,
            self.refused,
            self.move_the_clock,
            self.renew,
            self.check_the_ledger,
        )

    def sign_in(self) -> None:
        self.client.sign_in("user1", PASSWORD)
        profile = self.client.call("GET", "/api/v1/auth/profile")
        name = f"{profile['first_name']} {profile['last_name']}"
        say(f"{name} signs in", f"Balance: {self._balance()}")

    def browse(self) -> None:
        found = self.client.call("GET", "/api/v1/offers?category=tv&sort=price")["data"]
        self.offers = tuple(found)
        say("She looks at television", *(f"{_price(o):>12}  {o['name']}" for o in found))

    def activate(self) -> None:
        offer = self.offers[0]
        accepted = self._buy(offer)
        say(f"She activates {offer['name']}", f"Answered at once: {accepted['status']}")
        settled = self.client.settled(accepted["status_url"])
        _expect(settled["status"], "SUCCESS")
        say(
            "The provisioning system has done it",
            f"Status: {settled['status']}, reference {settled['reference']}",
            f"Balance: {self._balance()}",
            f"Email: {self._mail(offer['name'])}",
        )

    def click_again(self) -> None:
        body = {"offer_id": self.offers[0]["id"]}
        problem = self.client.call("POST", "/api/v1/activation", body, status=409)
        say("She clicks again", f"Refused: {problem['title']}", f"Balance: {self._balance()}")

    def refused(self) -> None:
        offer, before = self.offers[1], self._balance()
        self.client.call("PUT", "/_local/provisioning", {"mode": "reject", "count": 1})
        settled = self.client.settled(self._buy(offer)["status_url"])
        _expect(settled["status"], "FAILED")
        _expect(self._balance(), before)
        say(
            f"She activates {offer['name']}, which is refused",
            f"Status: {settled['status']}: {settled['failure']['reason']}",
            f"Balance, refunded: {self._balance()}",
            f"Email: {self._mail(offer['name'])}",
        )

    def move_the_clock(self) -> None:
        days = self.offers[0]["duration_days"] - 2
        moved = {"advance_seconds": days * DAY_SECONDS}
        now = self.client.call("POST", "/_local/clock", moved)["now"]
        self.client.sign_in("user1", PASSWORD)  # her token has expired long since
        expiring = self.client.call("GET", "/api/v1/offers/expiring?within_days=3")["data"]
        _expect(len(expiring), 1)
        say(
            f"{days} days later, on {now[:10]}",
            f"Expiring soon: {expiring[0]['offer']['name']}, on {expiring[0]['expires_at'][:10]}",
        )

    def renew(self) -> None:
        offer = self.offers[0]
        body = {"offer_id": offer["id"]}
        accepted = self.client.call("POST", "/api/v1/offers/renew", body, status=202)
        settled = self.client.settled(accepted["status_url"])
        _expect(settled["status"], "SUCCESS")
        subscriptions = self.client.call("GET", "/api/v1/account/subscriptions?status=active")
        say(
            f"She renews {offer['name']}",
            f"Runs until {subscriptions['data'][0]['expires_at'][:10]}",
            f"Balance: {self._balance()}",
        )

    def check_the_ledger(self) -> None:
        report = self.client.call("POST", "/_local/schedules/VerifyLedgerFunction")
        _expect(report["breaches"], [])
        say("The ledger is verified", f"{report['accounts']} accounts, no breach")

    def _buy(self, offer: dict[str, Any]) -> Any:
        body = {"offer_id": offer["id"]}
        return self.client.call("POST", "/api/v1/activation", body, status=202)

    def _balance(self) -> str:
        account = self.client.call("GET", "/api/v1/account/balance")
        return f"{account['balance']} {account['currency']}"

    def _mail(self, offer_name: str) -> str:
        """The subject of the email about an offer, once it has arrived."""
        deadline = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < deadline:
            for mail in self.client.call("GET", "/_local/mailbox"):
                if offer_name in mail["subject"] + mail["text"]:
                    return f"“{mail['subject']}” to {mail['to']}"
            time.sleep(0.1)
        message = f"No email about {offer_name} arrived within {MAIL_SECONDS:.0f} seconds"
        raise StackError(message)


def _price(offer: dict[str, Any]) -> str:
    return f"{offer['price']} {offer['currency']}"


def _expect(found: object, expected: object) -> None:
    if found != expected:
        message = f"The story went wrong: {found!r} instead of {expected!r}"
        raise StackError(message)
