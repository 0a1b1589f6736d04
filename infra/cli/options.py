"""Options that several commands have, and what was said before the command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import typer

from infra.cli.connection.target import ApiTarget, LocalTarget, Target
from infra.cli.errors import WrongUse
from infra.cli.output import Form

Json = Annotated[bool, typer.Option("--json", help="JSON instead of tables.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why; kept in the audit log.")]
Reference = Annotated[
    str,
    typer.Option(
        "--reference",
        help="What it is called outside, such as the bank transfer's id: credited once, for ever.",
    ),
]
Currency = Annotated[
    str | None, typer.Option(help="Of rows that name none; a file with a currency column needs no.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Only read the file, and say what it comes to.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether the total is meant.")]
Output = Annotated[
    Form | None,
    typer.Option("--output", "-o", help="A table on a terminal, tab-separated text in a pipe."),
]
Columns = Annotated[
    str | None, typer.Option(help="Which columns, by name: --columns reference,amount.")
]
Limit = Annotated[int, typer.Option(min=1, help="How many to list at most.")]


@dataclass(frozen=True)
class Destination:
    """Where to go: the laptop stack unless --api or --stack says otherwise."""

    api_url: str | None
    stack: str | None
    data_folder: str

    def open(self) -> Target:
        """Raises WrongUse or Unreachable."""
        if self.api_url and self.stack:
            message = "Give either --api or --stack."
            raise WrongUse(message)
        if self.api_url:
            return ApiTarget(self.api_url)
        if self.stack:
            from infra.cli.connection.stack import StackTarget

            return StackTarget(self.stack)
        return LocalTarget.find(self.data_folder)


def target(context: typer.Context) -> Target:
    """The stack that this command talks to."""
    destination: Destination = context.obj
    return destination.open()
