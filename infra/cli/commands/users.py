"""`offers user …`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from infra.cli import lookups, output
from infra.cli.errors import WrongUse
from infra.cli.options import Currency, DryRun, Json, Limit, Reason, Reference, Yes, target
from infra.cli.passwords import new_password

app = typer.Typer(help="Customers and administrators.", no_args_is_help=True)
COLUMNS = ("username", "email", "role", "active", "balance", "currency", "id")

Username = Annotated[str, typer.Argument(help="The username or id.")]
PasswordStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@app.command("list", epilog="Example: `offers user list --search martin`")
def list_users(
    context: typer.Context,
    search: Annotated[str, typer.Option(help="In username, names and email.")] = "",
    limit: Limit = 50,
    json: Json = False,
) -> None:
    """List users, newest first."""
    found = target(context).api.items("/admin/users", limit, search=search)
    output.show_all(COLUMNS, found, is_json=json)


@app.command("create", epilog="Example: `offers user create ada ada@example.com -r 'New customer'`")
def create_user(
    context: typer.Context,
    username: Annotated[str, typer.Argument(help="Unique, without regard to case.")],
    email: Annotated[str, typer.Argument(help="Where notices go.")],
    reason: Reason,
    first_name: Annotated[str, typer.Option()] = "",
    last_name: Annotated[str, typer.Option()] = "",
    locale: Annotated[str, typer.Option(help="en or fr.")] = "en",
    time_zone: Annotated[str, typer.Option(help="IANA name.")] = "UTC",
    currency: Annotated[str, typer.Option(help="Of the account.")] = "EUR",
    password_stdin: PasswordStdin = False,
    json: Json = False,
) -> None:
    """Register a customer; the password is asked for."""
    body = {
        "username": username,
        "email": email,
        "password": new_password(from_stdin=password_stdin),
        "first_name": first_name,
        "last_name": last_name,
        "locale": locale,
        "time_zone": time_zone,
        "currency": currency,
        "reason": reason,
    }
    output.show(target(context).api.post("/admin/users", body), is_json=json)


@app.command(
    "top-up",
    epilog="Examples: `offers user top-up ada 50.00 --reference 2026-05-04/17 -r 'Paid in'`, "
    "`offers user top-up --csv paid-in.csv -r 'Bank transfers of May' --dry-run` "
    "(columns external_reference, username or user_id, amount, currency, optionally reason)",
)
def top_up(
    context: typer.Context,
    username: Annotated[str | None, typer.Argument(help="The username or id.")] = None,
    amount: Annotated[str | None, typer.Argument(help="A decimal such as 50.00.")] = None,
    reason: Annotated[str, typer.Option("--reason", "-r", help="Why; kept in the audit log.")] = "",
    reference: Reference = "",
    currency: Currency = None,
    csv: Annotated[Path | None, typer.Option(exists=True, dir_okay=False)] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=32, help="Rows at a time.")] = 8,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> None:
    """Pay into one account, or into many from a CSV file, each payment exactly once."""
    if csv is not None and username is None:
        from infra.cli.bulk.start import Manner
        from infra.cli.bulk.top_up import Defaults, top_up_all

        manner = Manner(concurrency, dry_run, yes, json)
        top_up_all(target(context), csv, Defaults(reason, currency), manner)
        return
    if not (username and amount and reference) or csv is not None:
        message = "Give a username, an amount and --reference, or --csv FILE."
        raise WrongUse(message)
    order = {"kind": "top_up", "amount": amount, "currency": currency, "reason": reason}
    _credit(context, username, {**order, "external_reference": reference}, is_json=json)


@app.command(
    "adjust",
    epilog="Example: `offers user adjust ada -5.00 --reference ticket-4711 -r 'Typing error'`",
    context_settings={"ignore_unknown_options": True},  # a negative amount is no option
)
def adjust(
    context: typer.Context,
    username: Username,
    amount: Annotated[str, typer.Argument(help="Signed, such as -5.00.")],
    reason: Reason,
    reference: Reference,
    json: Json = False,
) -> None:
    """Correct a balance by a signed amount; it cannot be overdrawn."""
    order = {"kind": "adjustment", "amount": amount, "reason": reason}
    _credit(context, username, {**order, "external_reference": reference}, is_json=json)


def _credit(
    context: typer.Context, username: str, order: dict[str, str | None], *, is_json: bool
) -> None:
    api = target(context).api
    path = f"/admin/users/{lookups.user_id(api, username)}/credits"
    output.show(api.post(path, order), is_json=is_json)


@app.command("send-reset", epilog="Example: `offers user send-reset ada -r 'Asked by phone'`")
def send_reset(context: typer.Context, username: Username, reason: Reason) -> None:
    """Send a user a link, by email, to choose a password anew."""
    api = target(context).api
    api.post(f"/admin/users/{lookups.user_id(api, username)}/password-reset", {"reason": reason})


@app.command("deactivate", epilog="Example: `offers user deactivate ada -r 'Card stolen'`")
def deactivate(
    context: typer.Context, username: Username, reason: Reason, json: Json = False
) -> None:
    """Lock a user out; subscriptions run on."""
    _set_active(context, username, reason, active=False, is_json=json)


@app.command("activate", epilog="Example: `offers user activate ada -r 'Card replaced'`")
def activate(
    context: typer.Context, username: Username, reason: Reason, json: Json = False
) -> None:
    """Let a user in again."""
    _set_active(context, username, reason, active=True, is_json=json)


def _set_active(
    context: typer.Context, username: str, reason: str, *, active: bool, is_json: bool
) -> None:
    api = target(context).api
    path = f"/admin/users/{lookups.user_id(api, username)}"
    body = {"active": active, "reason": reason}
    output.show(api.call("PATCH", path, body).document, is_json=is_json)
