"""What a benchmark finds, and how to take times on a machine that does other things too."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Measurement:
    """``value`` must not exceed ``budget``; without one it only informs."""

    what: str
    value: float
    budget: float | None
    unit: str
    how: str

    @property
    def is_over(self) -> bool:
        """Whether it breaks its budget."""
        return self.budget is not None and self.value > self.budget


@contextmanager
def silence() -> Iterator[None]:
    """What handlers log goes nowhere: outside the measured time."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


def interleaved(
    actions: Mapping[str, Callable[[], object]], repetitions: int
) -> dict[str, list[float]]:
    """Seconds of each action, taken in turns, so that a slow moment of the machine meets all."""
    seconds: dict[str, list[float]] = {name: [] for name in actions}
    gc.collect()
    for _ in range(repetitions):
        for name, action in actions.items():
            started = perf_counter()
            action()
            seconds[name].append(perf_counter() - started)
    return seconds


def typical(seconds: list[float]) -> float:
    """What it takes while nobody disturbs: the first decile. Half of the turns can be disturbed on
    a machine that builds something meanwhile; the shortest of all is luck."""
    return quantiles(seconds, n=10)[0]


def ratio(seconds: Mapping[str, list[float]], one: str, other: str) -> float:
    """How much longer one takes than the other."""
    return typical(seconds[one]) / typical(seconds[other])


def microseconds(seconds: list[float]) -> str:
    """To read."""
    return f"{typical(seconds) * 1e6:,.0f} µs"


def compared(
    what: str,
    action: Callable[[], object],
    bare: Callable[[], object],
    budget: float,
    repetitions: int,
) -> Measurement:
    """How much longer the action takes than its bare counterpart."""
    with silence():
        seconds = interleaved({"action": action, "bare": bare}, repetitions)
    how = f"{microseconds(seconds['action'])} against {microseconds(seconds['bare'])}"
    return Measurement(what, ratio(seconds, "action", "bare"), budget, "×", how)
