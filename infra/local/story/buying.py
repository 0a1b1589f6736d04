"""A customer buys, clicks twice, and is refused once."""

from __future__ import annotations

from typing import Any

from infra.local.story.teller import Teller, expect, say


def sign_in(teller: Teller) -> None:
    """The story's customer arrives."""
    teller.sign_in()
    profile = teller.get("/auth/profile")
    name = f"{profile['first_name']} {profile['last_name']}"
    say(f"{name} signs in", f"Balance: {teller.balance()}")


def browse(teller: Teller) -> list[dict[str, Any]]:
    """The television offers, cheapest first."""
    found: list[dict[str, Any]] = teller.get("/offers?category=tv&sort=price")["data"]
    say("She looks at television", *(f"{price(each):>12}  {each['name']}" for each in found))
    return found


def activate(teller: Teller, offer: dict[str, Any]) -> None:
    """A purchase that goes well."""
    say(f"She activates {offer['name']}", "Accepted and charged at once; the rest in background")
    settled = teller.buy(offer)
    expect(settled["status"], "SUCCESS")
    say(
        "The provisioning system has done it",
        f"Status: {settled['status']}, reference {settled['reference']}",
        f"Balance: {teller.balance()}",
        f"Email: {teller.mail(offer['name'])}",
    )


def click_again(teller: Teller, offer: dict[str, Any]) -> None:
    """The second click costs nothing."""
    before = teller.balance()
    problem = teller.client.call(
        "POST", "/api/v1/activation", {"offer_id": offer["id"]}, status=409
    )
    expect(teller.balance(), before)
    say("She clicks again", f"Refused: {problem['title']}", f"Balance: {teller.balance()}")


def be_refused(teller: Teller, offer: dict[str, Any]) -> None:
    """A purchase that the provisioning system refuses is refunded."""
    before = teller.balance()
    teller.behave("reject")
    settled = teller.buy(offer)
    expect(settled["status"], "FAILED")
    expect(teller.balance(), before)
    say(
        f"She activates {offer['name']}, which the provisioning system refuses",
        f"Status: {settled['status']}: {settled['failure']['reason']}",
        f"Balance, refunded: {teller.balance()}",
        f"Email: {teller.mail(offer['name'])}",
    )


def price(offer: dict[str, Any]) -> str:
    """As people read it."""
    return f"{offer['price']} {offer['currency']}"
