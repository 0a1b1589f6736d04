"""The commands behind ``make run``, ``make reset``, ``make invoke`` and ``make demo``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.errors import StackError
from infra.local.settings import StackSettings

if TYPE_CHECKING:
    from collections.abc import Sequence


def run_command(arguments: Sequence[str]) -> int:
    """The exit code: 0, or 1 after one sentence on standard error that says why."""
    wanted = _parser().parse_args(arguments)
    try:
        return _dispatch(wanted, StackSettings.from_environment())
    except StackError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("run", help="start the stack; Ctrl-C stops it (PORT, DATA_DIR)")
    commands.add_parser("reset", help="forget everything the stack has stored")
    invoke = commands.add_parser("invoke", help="run one function as Lambda would")
    invoke.add_argument("function", help="logical id in template.yaml")
    invoke.add_argument("event", type=Path, help="file with the event's JSON")
    logs = commands.add_parser("logs", help="show what the running stack's functions write")
    logs.add_argument("function", nargs="?", help="logical id in template.yaml; all without")
    psql = commands.add_parser("psql", help="open the running stack's database")
    psql.add_argument("arguments", nargs="*", help="for psql, after --")
    commands.add_parser("demo", help="tell the whole story against a throw-away stack")
    return parser


def _dispatch(wanted: argparse.Namespace, settings: StackSettings) -> int:
    match wanted.command:
        case "run":
            from infra.local.commands.run import run

            return run(settings)
        case "reset":
            from infra.local.commands.reset import reset

            return reset(settings)
        case "invoke":
            from infra.local.commands.invoke import invoke

            return invoke(settings, wanted.function, wanted.event)
        case "logs":
            from infra.local.commands.logs import logs

            return logs(settings, wanted.function)
        case "psql":
            from infra.local.commands.psql import psql

            return psql(settings, wanted.arguments)
        case _:
            from infra.local.commands.demo import demo

            return demo()
