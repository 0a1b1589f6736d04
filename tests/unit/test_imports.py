"""Import contracts: what each handler loads (DESIGN §6), in a fresh interpreter each."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.infra.template import globals_of
from tests.unit.import_contracts import CONTRACTS, MODULES, USE_CASES, load

_MIGRATIONS = Path(__file__).resolve().parents[2] / "infra" / "migrations"


@pytest.fixture(scope="module")
def nothing_set() -> dict[str, str]:
    """This process's environment without one setting of ours; the layers as Lambda mounts them."""
    ours = set(globals_of("Function")["Environment"]["Variables"])
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"PYTHONPATH": str(_MIGRATIONS), "POWERTOOLS_SERVICE_NAME": "offers"}


@pytest.mark.parametrize("module", MODULES)
def test_a_handler_loads_only_what_it_may_and_talks_to_nobody(
    module: str, nothing_set: dict[str, str]
) -> None:
    loaded = load(module, nothing_set)

    for contract in CONTRACTS:
        if contract.covers(module):
            assert loaded.breaches(contract.forbidden) == set(), contract.reason
    assert loaded.opened == (), "the import connects, so it may read a secret"


@pytest.mark.parametrize("module", sorted(USE_CASES))
def test_the_contract_still_holds_when_the_use_case_is_wired(
    module: str, nothing_set: dict[str, str]
) -> None:
    loaded = load(module, nothing_set, USE_CASES[module])

    for contract in CONTRACTS:
        if contract.covers(module):
            assert loaded.breaches(contract.forbidden) == set(), contract.reason
    assert loaded.opened == ()


def test_every_contract_covers_a_function() -> None:
    uncovered = [c.reason for c in CONTRACTS if not any(map(c.covers, MODULES))]

    assert uncovered == []
