"""CPU time to import a handler, relative to importing everything at once."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.bench.measurement import Measurement
from tests.unit.import_contracts import FUNCTIONS, MODULES

if TYPE_CHECKING:
    from collections.abc import Iterator

FREQUENT = ("activation/get_activation_status", "offers/list_offers")
FREQUENT_BUDGET, BUDGET = 0.45, 0.9
_ROUNDS = 3
_SUSPECTS = 2
_EVERYTHING = """
import pydantic, sqlalchemy.orm, psycopg2, redis, boto3
from sqlalchemy.dialects.postgresql import psycopg2 as dialect
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi import params
from aws_lambda_powertools.event_handler.middlewares import openapi_validation
APIGatewayRestResolver(enable_validation=True)
"""
_PROGRAM = """
import sys, time
sys.path.insert(0, {folder!r})
started = time.process_time()
{imports}
print(time.process_time() - started)
"""


def measurements() -> Iterator[Measurement]:
    """The two frequent ones, then whichever of the others is the slowest."""
    _everything(), _import_of(FREQUENT[0])  # writes the byte code of what has none yet
    once = {module: _import_of(module) for module in MODULES}
    slow = [each for each in sorted(once, key=once.__getitem__) if each not in FREQUENT]
    watched = (*FREQUENT, *slow[-_SUSPECTS:])
    seconds: dict[str, float] = dict.fromkeys(watched, float("inf"))
    everything = float("inf")
    for _ in range(_ROUNDS):
        everything = min(everything, _everything())
        seconds = {module: min(seconds[module], _import_of(module)) for module in watched}
    for module in FREQUENT:
        yield _measured(f"import {module}", seconds[module], everything, FREQUENT_BUDGET)
    slowest = max(watched[len(FREQUENT) :], key=seconds.__getitem__)
    what = f"import {slowest}, the slowest of {len(MODULES)}"
    yield _measured(what, seconds[slowest], everything, BUDGET)


def _measured(what: str, seconds: float, everything: float, budget: float) -> Measurement:
    how = f"CPU {seconds * 1000:.0f} ms of {everything * 1000:.0f} ms for everything at once"
    return Measurement(what, seconds / everything, budget, "×", how)


def _everything() -> float:
    return _cpu_seconds(str(FUNCTIONS), _EVERYTHING)


def _import_of(module: str) -> float:
    path = FUNCTIONS / module
    return _cpu_seconds(str(path.parent), f"import {path.name}")


def _cpu_seconds(folder: str, imports: str) -> float:
    code = _PROGRAM.format(folder=folder, imports=imports)
    migrations = str(FUNCTIONS.parent / "infra" / "migrations")
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": migrations}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    return float(done.stdout)
