"""``make bench``: measure every budget of the design in one run. Exits 1 when one is exceeded.

A benchmark is a module of this folder with ``measurements()``; name one or more to run only those.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from time import monotonic
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from tests.bench.measurement import Measurement

BENCHMARKS = ("start_up", "warm", "growth", "sweep", "package")


def main(names: list[str]) -> int:
    """The exit code."""
    console = Console(width=150)
    table = Table("what", "measured", "budget", "", "how", title="Budgets", title_justify="left")
    over = 0
    for name in names or BENCHMARKS:
        if importlib.util.find_spec(f"tests.bench.{name}") is None:
            continue
        started = monotonic()
        for each in importlib.import_module(f"tests.bench.{name}").measurements():
            over += each.is_over
            table.add_row(*_cells(each))
        console.print(f"{name}: {monotonic() - started:.0f} s")
    console.print(table)
    console.print("every budget is kept" if not over else f"{over} over budget")
    return 1 if over else 0


def _cells(each: Measurement) -> tuple[str, ...]:
    value = f"{each.value:.3g}{each.unit}"
    if each.budget is None:
        return each.what, value, "", "", each.how
    verdict = "[red]OVER[/red]" if each.is_over else "[green]ok[/green]"
    return each.what, value, f"≤ {each.budget:g}{each.unit}", verdict, each.how


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
