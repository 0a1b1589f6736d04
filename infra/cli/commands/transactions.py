"""`offers transaction …`"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from infra.cli import lookups, output
from infra.cli.ages import age
from infra.cli.options import Columns, Json, Limit, Output, target

app = typer.Typer(help="Purchases and how they ended.", no_args_is_help=True)
COLUMNS = ("reference", "age", "username", "offer_code", "kind", "status", "price")
WIDE = ("transaction_id", "channel", "partner_name", "partner_reference", "created_at")

TransactionId = Annotated[str, typer.Argument(help="The transaction's id or reference (REF-…).")]


class Status(StrEnum):
    """Where a transaction stands."""

    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


class Kind(StrEnum):
    """What was bought."""

    activation = "activation"
    renewal = "renewal"


@app.command("list", epilog="Example: `offers transaction list --user ada --status FAILED`")
def list_transactions(
    context: typer.Context,
    user: Annotated[str | None, typer.Option(help="A username or id.")] = None,
    partner: Annotated[str | None, typer.Option(help="A name or id.")] = None,
    status: Annotated[Status | None, typer.Option()] = None,
    kind: Annotated[Kind | None, typer.Option()] = None,
    reference: Annotated[str | None, typer.Option(help="REF-…")] = None,
    partner_reference: Annotated[str | None, typer.Option(help="The partner's own.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="RFC 3339, inclusive.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="RFC 3339, exclusive.")] = None,
    oldest_first: Annotated[bool, typer.Option("--oldest-first")] = False,
    limit: Limit = 20,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """List transactions, newest first."""
    api = target(context).api
    query = {
        "user_id": None if user is None else lookups.user_id(api, user),
        "partner_id": None if partner is None else lookups.partner(api, partner)["id"],
        "status": status,
        "kind": kind,
        "reference": reference,
        "partner_reference": partner_reference,
        "from": since,
        "to": until,
        "sort": "created_at" if oldest_first else None,
    }
    output.show_all(
        COLUMNS,
        map(with_words, api.items("/admin/transactions", limit, **query)),
        is_json=json,
        listing=output.Listing(form, columns),
        wide=WIDE,
    )


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


def with_words(transaction: dict[str, Any]) -> dict[str, Any]:
    """A transaction with what a table shows of it."""
    price = f"{transaction['amount']} {transaction['currency']}"
    return {**transaction, "age": age(transaction["created_at"]), "price": price}


def _told(event: dict[str, Any]) -> dict[str, Any]:
    """The facts that tell something: ids of rows are for JSON."""
    return {name: fact for name, fact in event["facts"].items() if name not in {"id", "version"}}
