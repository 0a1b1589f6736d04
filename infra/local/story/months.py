"""Time passes: a reminder, a renewal, and an end."""

from __future__ import annotations

from typing import Any

from infra.local.story.teller import Teller, expect, say


def be_reminded(teller: Teller, offer: dict[str, Any]) -> None:
    """Two days before the end an email comes."""
    days = offer["duration_days"] - 2
    today = teller.move_clock(days)
    teller.run_schedule("RemindExpiringFunction")
    subscription = teller.subscription(offer)
    say(
        f"{days} days later, on {today}: {offer['name']} ends on {subscription['expires_at'][:10]}",
        f"Email: {teller.mail(offer['name'])}",
    )


def renew(teller: Teller, offer: dict[str, Any]) -> None:
    """One more period."""
    before = teller.subscription(offer)["expires_at"]
    expect(teller.renew(offer)["status"], "SUCCESS")
    after = teller.subscription(offer)["expires_at"]
    expect(after > before, True)  # noqa: FBT003  # what is expected, not a switch
    say(
        f"She renews {offer['name']}",
        f"Runs until {after[:10]} instead of {before[:10]}",
        f"Balance: {teller.balance()}",
    )


def let_it_end(teller: Teller, offer: dict[str, Any]) -> None:
    """Nobody renews the partner's sale; its French-speaking owner is told so."""
    today = teller.move_clock(offer["duration_days"])
    teller.run_schedule("ExpireAndRenewFunction")
    mail = teller.mail("a pris fin")
    expect(teller.subscription(offer)["status"], "expired")
    say(f"On {today}, {teller.username}'s {offer['name']} has ended", f"Email: {mail}")


def verify_the_ledger(teller: Teller) -> None:
    """Every cent is accounted for."""
    report = teller.run_schedule("VerifyLedgerFunction")
    expect(report["breaches"], [])
    say("The ledger is verified", f"{report['accounts']} accounts, no breach")
