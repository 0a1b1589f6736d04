"""`offers attention …`"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from infra.cli import lookups, output
from infra.cli.commands.transactions import TransactionId, with_words
from infra.cli.options import Columns, Json, Limit, Output, Reason, target

app = typer.Typer(help="Transactions that need a person.", no_args_is_help=True)
COLUMNS = ("reference", "age", "username", "offer_code", "price", "attention_reason")
WIDE = ("transaction_id", "kind", "partner_name", "attempts", "created_at", "updated_at")


class Outcome(StrEnum):
    """What was found out at the provisioning system."""

    activated = "activated"
    not_activated = "not_activated"


@app.command("list", epilog="Example: `offers attention list`")
def list_flagged(
    context: typer.Context,
    limit: Limit = 50,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """List what the machinery could not settle, oldest first."""
    found = target(context).api.items(
        "/admin/transactions", limit, attention_required=True, sort="created_at"
    )
    output.show_all(
        COLUMNS,
        map(with_words, found),
        is_json=json,
        listing=output.Listing(form, columns),
        wide=WIDE,
        nothing="Nothing needs attention.",
    )


@app.command(
    "resolve",
    epilog="Example: `offers attention resolve REF-7K2M9QXW4TBC activated -r 'Active at the "
    "provider, ticket 4711'`",
)
def resolve(
    context: typer.Context,
    transaction: TransactionId,
    outcome: Annotated[Outcome, typer.Argument(help="activated starts it, the other refunds.")],
    reason: Reason,
    json: Json = False,
) -> None:
    """Settle a transaction by what you found out at the provisioning system."""
    api = target(context).api
    path = f"/admin/transactions/{lookups.transaction_id(api, transaction)}/resolve"
    output.show(api.post(path, {"outcome": outcome.value, "reason": reason}), is_json=json)
