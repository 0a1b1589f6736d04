"""Waits inside a function end well before the function does: a 503 with Retry-After is heard."""

from __future__ import annotations

import re

import pytest

from offers.adapters.postgres.machinery.engine import (
    CONNECT_TIMEOUT_SECONDS,
    POOL_TIMEOUT_SECONDS,
)
from tests.infra.template import ROOT, Function, functions, named, nested_stacks

TIME_TO_ANSWER = 1
"""Seconds: the rest of a request, and its answer."""
WITHOUT_DATABASE = {"AuthorizeFunction"}
LOCK_TIMEOUT_SECONDS = (
    int(
        nested_stacks()["Data"]["Resources"]["DatabaseParameters"]["Properties"]["Parameters"][
            "lock_timeout"
        ]
    )
    / 1000
)


def test_the_parameter_group_and_the_migrations_say_the_same() -> None:
    versions = ROOT / "infra/migrations/offers_migrations/versions"
    newest = max(each for each in versions.iterdir() if "lock_timeout" in each.read_text("utf-8"))
    (seconds,) = re.findall(r"'(\d+)s'", newest.read_text("utf-8"))
    assert int(seconds) == LOCK_TIMEOUT_SECONDS


@pytest.mark.parametrize("function", functions(), ids=named)
def test_waits_end_before_the_function_does(function: Function) -> None:
    if function.logical_id in WITHOUT_DATABASE:
        return
    waits = CONNECT_TIMEOUT_SECONDS + POOL_TIMEOUT_SECONDS + LOCK_TIMEOUT_SECONDS
    assert waits + TIME_TO_ANSWER <= function.timeout_seconds
