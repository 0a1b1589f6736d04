"""How a run of payments begins: look at all of the file, say what it comes to, ask."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from infra.cli import output
from infra.cli.bulk.report import conclude, watched
from infra.cli.bulk.run import Act, BulkRun
from infra.cli.errors import Refused, WrongUse

if TYPE_CHECKING:
    from infra.cli.bulk.payments import Payments, Survey


@dataclass(frozen=True, slots=True)
class Manner:
    """How to run it: ``is_dry`` only looks, ``is_agreed`` does not ask."""

    concurrency: int
    is_dry: bool
    is_agreed: bool
    is_json: bool


def run(payments: Payments, place: str, act: Act, manner: Manner) -> None:
    """Raises Refused if any row was rejected or the person said no, and WrongUse if nobody can be
    asked; nothing has moved before the answer.
    """
    survey = payments.survey()
    if manner.is_dry:
        _show(survey, is_json=manner.is_json)
        return
    _agree(f"{payments.sheet.file.name}: {survey}, at {place}.", is_agreed=manner.is_agreed)
    rows = len(survey.problems) + survey.rows
    with watched(payments.sheet.file.name, rows) as progress:
        bulk = BulkRun(payments.sheet, payments.rows, place, act, manner.concurrency, progress)
        summary = bulk()
    conclude(summary, is_json=manner.is_json)


def _show(survey: Survey, *, is_json: bool) -> None:
    problems = {str(line): problem for line, problem in survey.problems.items()}
    totals = {currency: str(total) for currency, total in sorted(survey.totals.items())}
    document = {"rows": survey.rows, "totals": totals, "problems": problems}
    output.show(document, is_json=is_json)
    if problems:
        message = f"{len(problems)} rows cannot be read. Nothing was done: --dry-run."
        raise Refused(message, "rows_rejected")


def _agree(sentence: str, *, is_agreed: bool) -> None:
    output.say(sentence)
    if is_agreed:
        return
    if not sys.stdin.isatty():
        message = (
            "There is no terminal to ask whether that is meant: look with --dry-run, and say --yes."
        )
        raise WrongUse(message)
    if not typer.confirm("Is that what you mean?", err=True):
        message = "Nothing was done."
        raise Refused(message, "not_agreed")
