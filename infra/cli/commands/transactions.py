"""`offers transaction …`"""

from __future__ import annotations

from typing import Annotated, Any

import typer

from infra.cli import lookups, output
from infra.cli.options import Json, Limit, target

app = typer.Typer(help="Purchases and how they ended.", no_args_is_help=True)
COLUMNS = ("created_at", "transaction_id", "kind", "channel", "status", "amount", "currency")

TransactionId = Annotated[str, typer.Argument(help="The transaction's id or reference (REF-…).")]


@app.command("list", epilog="Example: `offers transaction list --user ada --status FAILED`")
def list_transactions(
    context: typer.Context,
    user: Annotated[str | None, typer.Option(help="A username or id.")] = None,
    partner: Annotated[str | None, typer.Option(help="A name or id.")] = None,
    status: Annotated[str | None, typer.Option(help="PENDING, PROCESSING, SUCCESS, FAILED")] = None,
    limit: Limit = 20,
    json: Json = False,
) -> None:
    """List transactions, newest first."""
    api = target(context).api
    query = {
        "user_id": None if user is None else lookups.user_id(api, user),
        "partner_id": None if partner is None else lookups.partner(api, partner)["id"],
        "status": status,
    }
    output.show_all(COLUMNS, api.items("/admin/transactions", limit, **query), is_json=json)


@app.command("show", epilog="Example: `offers transaction show REF-7K2M9QXW4TBC`")
def show_transaction(
    context: typer.Context, transaction: TransactionId, json: Json = False
) -> None:
    """A transaction's whole story in time order: tries, money, messages, emails, webhooks."""
    api = target(context).api
    story = api.get(f"/admin/transactions/{lookups.transaction_id(api, transaction)}")
    if json:
        output.as_json(story)
        return
    output.show(story["transaction"], is_json=False)
    rows = [{"at": e["at"], "what": e["kind"], "facts": _told(e)} for e in story["events"]]
    output.as_table(("at", "what", "facts"), rows, title="What happened")


def _told(event: dict[str, Any]) -> dict[str, Any]:
    """The facts that tell something: ids of rows are for JSON."""
    return {name: fact for name, fact in event["facts"].items() if name not in {"id", "version"}}
