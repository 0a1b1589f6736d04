"""Commands that stand for themselves: create-admin, seed, verify-ledger, audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.cli import output
from infra.cli.connection.target import ApiTarget
from infra.cli.errors import Refused
from infra.cli.options import Columns, Json, Limit, Output, Reason, target
from infra.cli.passwords import new_password

if TYPE_CHECKING:
    from infra.cli.connection.target import Target


def add_to(app: typer.Typer) -> None:
    """Give the commands to the program."""
    example = "Example: `offers --stack offers-dev create-admin ops ops@example.com`"
    app.command("create-admin", epilog=example)(create_admin)
    app.command("seed", epilog="Example: `offers seed`")(seed)
    app.command("verify-ledger", epilog="Example: `offers verify-ledger --json`")(verify_ledger)
    app.command("audit", epilog="Example: `offers audit --action offer.changed`")(audit)


def create_admin(
    context: typer.Context,
    username: Annotated[str, typer.Argument(help="Unique, without regard to case.")],
    email: Annotated[str, typer.Argument()],
    reason: Reason = "First administrator",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
    json: Json = False,
) -> None:
    """Create an administrator through a function that IAM protects, for a stage without any.

    The password is hashed here; only the hash leaves this machine.
    """
    from offers.adapters.passwords.argon2_passwords import Argon2Passwords

    stack = target(context)
    password_hash = Argon2Passwords().hash(new_password(from_stdin=password_stdin))
    event = {
        "username": username,
        "email": email,
        "password_hash": password_hash,
        "reason": reason,
    }
    output.show(stack.invoke("CreateAdminFunction", event), is_json=json)


def seed(context: typer.Context, json: Json = False) -> None:
    """Put the sample catalogue into a stage that lacks it; what is there stays as it is."""
    from infra.local.seed.catalogue import CATALOGUE

    api = target(context).api
    known = {offer["code"] for offer in api.items("/admin/offers")}
    missing = [offer for offer in CATALOGUE if offer.code not in known]
    sold = [offer for offer in missing if offer.status == "active"]
    with output.working(f"Creating {len(sold)} offers …"):
        for offer in sold:
            api.post("/admin/offers", _body_of(offer))
    output.show({"created": len(sold), "known": len(known)}, is_json=json)


def verify_ledger(context: typer.Context, json: Json = False) -> None:
    """Prove the ledger over the whole database; exit code 1 if anything does not hold.

    With --api the newest report of the scheduled proof is shown instead.
    """
    stack = target(context)
    with output.working("Proving the ledger …"):
        report = _report(stack)
    if json:
        output.as_json(report)
    else:
        rows = [{"rule": rule, "breaches": count} for rule, count in report["counts"].items()]
        title = f"{report['accounts']} accounts, {report['transactions']} transactions"
        output.as_table(("rule", "breaches"), rows, title=f"{title}, {report['verified_at']}")
        if report["breaches"]:
            output.as_table(("rule", "subject", "detail"), report["breaches"], title="Examples")
    if not report["is_clean"]:
        message = "The ledger has breaches."
        raise Refused(message, "ledger_breached")


def audit(
    context: typer.Context,
    actor: Annotated[str | None, typer.Option(help="For example admin:<id>.")] = None,
    action: Annotated[str | None, typer.Option(help="For example offer.changed.")] = None,
    subject: Annotated[str | None, typer.Option(help="For example user:<id>.")] = None,
    limit: Limit = 20,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """Who changed what, and why, newest first."""
    query = {"actor": actor, "action": action, "subject": subject}
    found = target(context).api.items("/admin/audit", limit, **query)
    output.show_all(
        ("created_at", "action", "subject", "reason", "before", "after"),
        found,
        is_json=json,
        listing=output.Listing(form, columns),
        wide=("actor", "id"),
    )


def _report(stack: Target) -> dict[str, Any]:
    if isinstance(stack, ApiTarget):
        return dict(stack.api.get("/admin/ledger/verification"))
    return dict(stack.invoke("VerifyLedgerFunction", {}))


def _body_of(offer: Any) -> dict[str, Any]:
    from datetime import UTC, datetime

    from offers.domain.money import Money

    return {
        "code": offer.code,
        "name": offer.name,
        "description": offer.description,
        "category": offer.category,
        "products": list(offer.products),
        "price": Money(offer.price_minor, offer.currency).amount,
        "currency": offer.currency,
        "duration_days": offer.duration_days,
        "status": offer.status,
        "valid_from": offer.valid_from(datetime.now(UTC)).isoformat(),
        "reason": "Sample catalogue",
    }
