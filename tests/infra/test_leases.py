"""A claim outlasts whoever holds it: its lease is longer than any function that claims may run."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest

from offers import services
from offers.domain.waiting import LEASE
from tests.infra.template import ROOT, functions, named, template

if TYPE_CHECKING:
    from tests.infra.template import Function


def services_that_claim() -> set[str]:
    """Services that have ClaimTransaction as a collaborator, or have one that has."""
    claiming, collaborators = {"ClaimTransaction"}, {}
    for module in walk_packages(services.__path__, f"{services.__name__}."):
        for name, found in vars(import_module(module.name)).items():
            if hasattr(found, "__dataclass_fields__"):
                collaborators[name] = {str(field.type) for field in fields(found)}
    while more := {name for name in collaborators if collaborators[name] & claiming} - claiming:
        claiming |= more
    return claiming


def source_of(function: Function) -> str:
    return (ROOT / "functions" / f"{function.module}.py").read_text("utf-8")


def functions_that_claim() -> list[Function]:
    claiming = services_that_claim()
    used = {
        each.logical_id: set(re.findall(r"\bmake\((\w+)\)", source_of(each)))
        for each in functions()
    }
    return [each for each in functions() if used[each.logical_id] & claiming]


def test_those_that_claim_are_found() -> None:
    assert {each.logical_id for each in functions_that_claim()} >= {
        "ConsumeActivationsFunction",
        "HandleDeadActivationsFunction",
        "ReconcileActivationsFunction",
        "ResolveTransactionFunction",
    }


@pytest.mark.parametrize("function", functions_that_claim(), ids=named)
def test_a_lease_outlasts_its_holder(function: Function) -> None:
    assert function.timeout_seconds < LEASE.total_seconds()


def test_a_worker_has_time_for_the_longest_call() -> None:
    from offers.wiring.choices import SECONDS_FOR_THE_DATABASE

    longest = template()["Parameters"]["ProvisioningTimeoutSeconds"]["MaxValue"]
    (worker,) = (each for each in functions() if each.logical_id == "ConsumeActivationsFunction")

    assert worker.timeout_seconds > longest + SECONDS_FOR_THE_DATABASE
