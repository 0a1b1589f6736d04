"""A customer buys, clicks twice, and is refused once."""

from typing import Any

from infra.local.story.teller import Teller, expect, say


def sign_in(teller: Teller) -> None:
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
    before = teller.balance()
    problem = teller.client.call(
        "POST", "/api/v1/activation", {"offer_id": offer["id"]}, status=409
    )
    expect(teller.balance(), before)
    say("She clicks again", f"Refused: {problem['title']}", f"Balance: {teller.balance()}")


def be_refused(teller: Teller, offer: dict[str, Any]) -> None:
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
    return f"{offer['price']} {offer['currency']}"
