"""`offers`: its commands, what they have in common, and how it ends."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from infra.cli.commands import (
    attention,
    dead_letters,
    keys,
    offers,
    operations,
    partners,
    statements,
    users,
)
from infra.cli.commands import credits as credits_of_others
from infra.cli.commands import transactions as transaction_commands
from infra.cli.errors import CommandError
from infra.cli.options import Destination

EPILOG = """
Against the laptop stack (`make run`) unless --api or --stack names a deployed stage.

Exit codes: 0 done, 1 refused or a breach found, 2 wrong use, 3 the stack cannot be reached.

Signing in at a deployed stage: OFFERS_TOKEN, or OFFERS_USERNAME and OFFERS_PASSWORD, or a prompt.

Shell completion: offers --install-completion
"""

app = typer.Typer(
    name="offers",
    help="Administer the Offers API.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_show_locals=False,  # they may be secrets
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(offers.app, name="offer")
app.add_typer(users.app, name="user")
app.add_typer(partners.app, name="partner")
app.add_typer(transaction_commands.app, name="transaction")
app.add_typer(attention.app, name="attention")
app.add_typer(credits_of_others.app, name="credit")
app.add_typer(dead_letters.app, name="dead-letter")
app.add_typer(keys.app, name="keys")
operations.add_to(app)
statements.add_to(users.app, partners.app)


def _tell_version(wanted: bool) -> None:  # noqa: FBT001  # typer calls it with the option's value
    if wanted:
        sys.stdout.write(f"offers {version('offers-api')}\n")
        raise typer.Exit


@app.callback()
def destination(
    context: typer.Context,
    api: Annotated[
        str | None,
        typer.Option(envvar="OFFERS_API", help="Address of a stage's API, without /api/v1."),
    ] = None,
    stack: Annotated[
        str | None,
        typer.Option(envvar="OFFERS_STACK", help="Name of a stage's stack; uses AWS credentials."),
    ] = None,
    data_dir: Annotated[
        str, typer.Option(envvar="DATA_DIR", help="The laptop stack's folder.")
    ] = ".local",
    _version: Annotated[  # noqa: FBT002  # an option, given by name
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell it.")
    ] = False,
) -> None:
    """Administer the Offers API."""
    context.obj = Destination(api, stack, data_dir)


def main() -> None:
    """The program; a refusal is one sentence and an exit code, never a stack trace."""
    try:
        app()
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    except BrokenPipeError:  # `offers … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
