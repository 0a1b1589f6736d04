"""`offers user show`, `offers user statement`, `offers partner statement`: every cent explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from infra.cli import lookups, output
from infra.cli.errors import WrongUse
from infra.cli.options import Columns, Json, Output, target

if TYPE_CHECKING:
    from infra.cli.connection.http import Api

LINES = ("created_at", "kind", "amount", "balance", "reference", "offer_code", "reason")
WIDE = ("external_reference", "actor", "transaction_id", "entry_id")
SUBSCRIPTIONS = ("offer", "status", "price", "auto_renew", "starts_at", "expires_at")
RECENT = 10

Username = Annotated[str, typer.Argument(help="The username or id.")]
Name = Annotated[str, typer.Argument(help="The partner's name or id.")]
Since = Annotated[str | None, typer.Option("--from", help="RFC 3339 or a day, inclusive.")]
Until = Annotated[str | None, typer.Option("--to", help="RFC 3339 or a day, exclusive.")]
Month = Annotated[str | None, typer.Option(help="One month, in UTC: 2026-11.")]


def add_to(users: typer.Typer, partners: typer.Typer) -> None:
    """The commands' names."""
    users.command("show", epilog="Example: `offers user show ada`")(show_user)
    users.command(
        "statement", epilog="Example: `offers user statement ada --from 2026-11-01 --to 2026-12-01`"
    )(user_statement)
    partners.command(
        "statement", epilog="Example: `offers partner statement acme-tv --month 2026-11 -o csv`"
    )(partner_statement)


def show_user(context: typer.Context, username: Username, json: Json = False) -> None:
    """A user with subscriptions and the last movements of the balance."""
    api = target(context).api
    user = lookups.user(api, username)
    subscriptions = list(api.items(f"/admin/users/{user['id']}/subscriptions"))
    lines = list(api.items(f"/admin/users/{user['id']}/ledger", RECENT))
    if json:
        output.as_json({"user": user, "subscriptions": subscriptions, "ledger": lines})
        return
    output.show(user, is_json=False)
    running = [{**each, "offer": each["offer"]["code"]} for each in subscriptions]
    output.as_table(SUBSCRIPTIONS, running, title="Subscriptions")
    output.as_table(LINES, lines, title=f"The last {RECENT} movements of the balance")


def user_statement(  # a command has as many options as it has
    context: typer.Context,
    username: Username,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """What moved a customer's balance, oldest first, each with the balance right after it."""
    api = target(context).api
    path = f"/admin/users/{lookups.user_id(api, username)}/ledger"
    _show_lines(api, path, _period(since, until, month), output.Listing(form, columns), json)


def partner_statement(  # likewise
    context: typer.Context,
    name: Name,
    since: Since = None,
    until: Until = None,
    month: Month = None,
    form: Output = None,
    columns: Columns = None,
    json: Json = False,
) -> None:
    """What a partner was charged, refunded and has paid, oldest first, with the balance."""
    api = target(context).api
    path = f"/admin/partners/{lookups.partner(api, name)['id']}/ledger"
    _show_lines(api, path, _period(since, until, month), output.Listing(form, columns), json)


def _show_lines(
    api: Api,
    path: str,
    period: Mapping[str, str | None],
    listing: output.Listing,
    is_json: bool,  # of this module only
) -> None:
    lines = [*api.items(path, None, **period)][::-1]
    output.show_all(
        LINES,
        lines,
        is_json=is_json,
        listing=listing,
        wide=WIDE,
        nothing="Nothing moved the balance.",
    )


def _period(since: str | None, until: str | None, month: str | None) -> dict[str, str | None]:
    if month is None:
        return {"from": _instant(since), "to": _instant(until)}
    if since is not None or until is not None:
        message = "Give either --month or --from and --to."
        raise WrongUse(message)
    try:
        first = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    except ValueError:
        message = f"A month is written 2026-11, not {month!r}."
        raise WrongUse(message) from None
    after = first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
    return {"from": _written(first), "to": _written(after)}


def _instant(text: str | None) -> str | None:
    """A day is its beginning in UTC."""
    is_day = text is not None and "T" not in text
    return f"{text}T00:00:00Z" if is_day else text


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
