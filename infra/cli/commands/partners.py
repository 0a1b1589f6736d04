"""`offers partner …`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from infra.cli import lookups, output
from infra.cli.errors import WrongUse
from infra.cli.options import (
    Columns,
    Currency,
    DryRun,
    Json,
    Limit,
    Output,
    Reason,
    Reference,
    Yes,
    target,
)

app = typer.Typer(help="Partners, their keys and limits.", no_args_is_help=True)
COLUMNS = ("name", "active", "balance", "credit_limit", "currency", "keys")
WIDE = ("id", "usage_plan", "contact_email")

Name = Annotated[str, typer.Argument(help="The partner's name or id.")]


@app.command("list", epilog="Example: `offers partner list`")
def list_partners(
    context: typer.Context,
    limit: Limit = 50,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """List partners with what they owe and the ids of their keys, newest first."""
    found = target(context).api.items("/admin/partners", limit)
    is_json = json or form is output.Form.json
    rows = found if is_json else map(_with_key_ids, found)
    output.show_all(COLUMNS, rows, is_json=json, listing=output.Listing(form, columns), wide=WIDE)


def _with_key_ids(partner: dict[str, Any]) -> dict[str, Any]:
    return {**partner, "keys": [key["id"] for key in partner["keys"]]}


@app.command(
    "create",
    epilog="Example: `offers partner create acme-tv ops@acme-tv.example.com --credit-limit 1000 "
    "--webhook-url https://acme-tv.example.com/hooks -r 'Contract 2026-17'`",
)
def create_partner(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Unique.")],
    contact_email: Annotated[str, typer.Argument(help="Told when its webhook fails for days.")],
    reason: Reason,
    credit_limit: Annotated[str, typer.Option(help="How much it may owe.")] = "0",
    currency: Annotated[str, typer.Option(help="Of its account.")] = "EUR",
    plan: Annotated[str, typer.Option(help="basic or premium.")] = "basic",
    webhook_url: Annotated[str | None, typer.Option(help="https only.")] = None,
    json: Json = False,
) -> None:
    """Register a partner; give it a key with `rotate-key`. The webhook's secret is shown once."""
    body = {
        "name": name,
        "contact_email": contact_email,
        "credit_limit": credit_limit,
        "currency": currency,
        "usage_plan": plan,
        "webhook_url": webhook_url,
        "reason": reason,
    }
    output.show(target(context).api.post("/admin/partners", body), is_json=json)


@app.command("rotate-key", epilog="Example: `offers partner rotate-key acme-tv -r 'Yearly'`")
def rotate_key(context: typer.Context, name: Name, reason: Reason, json: Json = False) -> None:
    """Give a partner a new key, shown once; the old one works until `revoke-key`."""
    api = target(context).api
    partner = lookups.partner(api, name)
    new = api.post(f"/admin/partners/{partner['id']}/keys", {"reason": reason})
    output.show(new, is_json=json)
    for old in partner["keys"]:
        output.say(f"When it has changed over: offers partner revoke-key {name} {old['id']} -r …")


@app.command("revoke-key", epilog="Example: `offers partner revoke-key acme-tv a1b2c3 -r Yearly`")
def revoke_key(
    context: typer.Context,
    name: Name,
    key_id: Annotated[str, typer.Argument(help="The key's id, as `partner list` shows it.")],
    reason: Reason,
) -> None:
    """Take a key back at once."""
    from urllib.parse import quote

    api = target(context).api
    partner = lookups.partner(api, name)
    key = f"/admin/partners/{partner['id']}/keys/{quote(key_id, safe='')}"
    api.call("DELETE", f"{key}?reason={quote(reason)}")
    output.say(f"{key_id} works no more.")


@app.command(
    "set-limit",
    epilog="Example: `offers partner set-limit acme-tv --credit-limit 2000 -r 'Annex 2'`",
)
def set_limit(
    context: typer.Context,
    name: Name,
    reason: Reason,
    credit_limit: Annotated[str | None, typer.Option(help="How much it may owe.")] = None,
    per_minute: Annotated[int | None, typer.Option(help="Activations a minute.")] = None,
    per_day: Annotated[int | None, typer.Option(help="Activations a day.")] = None,
    plan: Annotated[str | None, typer.Option(help="basic or premium.")] = None,
    json: Json = False,
) -> None:
    """Change what a partner may do."""
    asked = {
        "credit_limit": credit_limit,
        "activations_per_minute": per_minute,
        "activations_per_day": per_day,
        "usage_plan": plan,
    }
    changes = {field: value for field, value in asked.items() if value is not None}
    if not changes:
        message = "Say what is to change: --credit-limit, --per-minute, --per-day or --plan."
        raise WrongUse(message)
    api = target(context).api
    path = f"/admin/partners/{lookups.partner(api, name)['id']}"
    answer = api.call("PATCH", path, {**changes, "reason": reason})
    output.show(answer.document, is_json=json)


@app.command(
    "credit",
    epilog="Example: `offers partner credit acme-tv 350.00 --reference 2026-05-04/18 -r Invoice`",
)
def credit(
    context: typer.Context,
    name: Name,
    amount: Annotated[str, typer.Argument(help="What it paid: a decimal such as 350.00.")],
    reason: Reason,
    reference: Reference,
    json: Json = False,
) -> None:
    """Record a partner's payment, which frees its credit again."""
    api = target(context).api
    path = f"/admin/partners/{lookups.partner(api, name)['id']}/credits"
    order = {"kind": "top_up", "amount": amount, "reason": reason}
    output.show(api.post(path, {**order, "external_reference": reference}), is_json=json)


@app.command(
    "activate",
    epilog="Example: `OFFERS_PARTNER_KEY=… offers partner activate --csv orders.csv` "
    "(columns partner_reference, user_id, offer_id, amount, currency)",
)
def activate(
    context: typer.Context,
    csv: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="One order a row.")],
    currency: Currency = None,
    concurrency: Annotated[int, typer.Option(min=1, max=32, help="Rows at a time.")] = 8,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Order activations as a partner, each row exactly once; the key comes from the environment or
    a prompt.
    """
    from infra.cli.bulk.activate import activate_all
    from infra.cli.bulk.start import Manner

    activate_all(target(context), csv, currency, Manner(concurrency, dry_run, yes, json))
