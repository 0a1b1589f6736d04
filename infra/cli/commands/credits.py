"""`offers credit …`"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from infra.cli import output
from infra.cli.options import Columns, Json, Limit, Output, Reason, target

app = typer.Typer(help="Credits that wait for a second administrator.", no_args_is_help=True)
COLUMNS = ("id", "amount", "currency", "external_reference", "requested_by", "reason", "status")
WIDE = ("kind", "user_id", "partner_id", "created_at", "expires_at", "decided_by", "decision")

CreditId = Annotated[str, typer.Argument(help="The id, as `credit list` shows it.")]


class Status(StrEnum):
    """What has become of it."""

    pending = "pending"
    approved = "approved"
    rejected = "rejected"
    expired = "expired"


@app.command("list", epilog="Example: `offers credit list`")
def list_credits(
    context: typer.Context,
    status: Annotated[Status, typer.Option(help="Which.")] = Status.pending,
    limit: Limit = 50,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """List credits that another administrator asked for, newest first."""
    output.show_all(
        COLUMNS,
        target(context).api.items("/admin/credits", limit, status=status.value),
        is_json=json,
        listing=output.Listing(form, columns),
        wide=WIDE,
        nothing="Nothing waits.",
    )


@app.command("approve", epilog="Example: `offers credit approve ID -r 'Seen on the statement'`")
def approve(context: typer.Context, credit: CreditId, reason: Reason, json: Json = False) -> None:
    """Credit what another administrator asked for."""
    _decide(context, credit, "approve", reason, is_json=json)


@app.command("reject", epilog="Example: `offers credit reject ID -r 'Not on the statement'`")
def reject(context: typer.Context, credit: CreditId, reason: Reason, json: Json = False) -> None:
    """Refuse it; nothing moves."""
    _decide(context, credit, "reject", reason, is_json=json)


def _decide(context: typer.Context, credit: str, verb: str, reason: str, *, is_json: bool) -> None:
    path = f"/admin/credits/{credit}/{verb}"
    output.show(target(context).api.post(path, {"reason": reason}), is_json=is_json)
