"""`offers offer …`"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from infra.cli import lookups, output
from infra.cli.options import Columns, Json, Limit, Output, Reason, target

app = typer.Typer(help="The catalogue.", no_args_is_help=True)
COLUMNS = ("code", "name", "category", "price", "currency", "duration_days", "status")
WIDE = ("id", "version", "valid_from", "valid_until")

Code = Annotated[str, typer.Argument(help="The offer's code or id.")]


@app.command("list", epilog="Example: `offers offer list --status draft`")
def list_offers(
    context: typer.Context,
    status: Annotated[str, typer.Option(help="draft, active, retired or all.")] = "all",
    search: Annotated[str, typer.Option(help="In name, description and code.")] = "",
    limit: Limit = 100,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """List offers, drafts too."""
    found = target(context).api.items("/admin/offers", limit, status=status, search=search)
    output.show_all(COLUMNS, found, is_json=json, listing=output.Listing(form, columns), wide=WIDE)


@app.command(
    "create",
    epilog="Example: `offers offer create DSL-100 'DSL 100' --category internet --price 24.99 "
    "--days 30 --product 'DSL 100 Mbit/s' --active -r 'Autumn price list'`",
)
def create_offer(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="Unique; letters, digits, . _ -")],
    name: Annotated[str, typer.Argument(help="As customers see it.")],
    category: Annotated[str, typer.Option(help="internet, tv, mobile or bundle.")],
    price: Annotated[str, typer.Option(help="A decimal such as 24.99.")],
    days: Annotated[int, typer.Option(help="How long it runs.")],
    reason: Reason,
    currency: Annotated[str, typer.Option(help="ISO 4217.")] = "EUR",
    description: Annotated[str, typer.Option(help="A sentence or two.")] = "",
    product: Annotated[list[str] | None, typer.Option(help="What it includes; repeat it.")] = None,
    valid_from: Annotated[str | None, typer.Option(help="RFC 3339; now if left out.")] = None,
    valid_until: Annotated[str | None, typer.Option(help="RFC 3339; open if left out.")] = None,
    active: Annotated[bool, typer.Option("--active", help="On sale instead of a draft.")] = False,
    json: Json = False,
) -> None:
    """Create an offer: a draft, unless --active."""
    body = {
        "code": code,
        "name": name,
        "category": category,
        "price": price,
        "currency": currency,
        "duration_days": days,
        "description": description,
        "products": product or [],
        "status": "active" if active else "draft",
        "valid_from": valid_from,
        "valid_until": valid_until,
        "reason": reason,
    }
    output.show(target(context).api.post("/admin/offers", body), is_json=json)


@app.command("publish", epilog="Example: `offers offer publish DSL-100 -r 'Autumn price list'`")
def publish_offer(context: typer.Context, code: Code, reason: Reason, json: Json = False) -> None:
    """Put a draft on sale."""
    output.show(_set_status(context, code, "active", reason), is_json=json)


@app.command("retire", epilog="Example: `offers offer retire DSL-16 -r 'Network switched off'`")
def retire_offer(context: typer.Context, code: Code, reason: Reason, json: Json = False) -> None:
    """Take an offer off the shelf; what was bought runs on."""
    output.show(_set_status(context, code, "retired", reason), is_json=json)


def _set_status(context: typer.Context, code: str, status: str, reason: str) -> dict[str, Any]:
    api = target(context).api
    known = lookups.offer(api, code)
    seen = {"If-Match": f'"{known["version"]}"'}
    body = {"status": status, "reason": reason}
    return dict(api.call("PATCH", f"/admin/offers/{known['id']}", body, seen).document)
