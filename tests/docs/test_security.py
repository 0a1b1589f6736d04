"""SECURITY.md names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMED = sorted(set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text("utf-8"))))


@pytest.fixture(scope="module")
def existing() -> set[str]:
    """The names of all test functions of this repository."""
    return {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", file.read_text("utf-8"), re.MULTILINE)
    }


def test_every_threat_names_its_proof() -> None:
    rows = [
        line
        for line in (ROOT / "SECURITY.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and not line.startswith("| attack")
    ]

    assert rows
    assert [row for row in rows if "`test_" not in row] == []


@pytest.mark.parametrize("name", NAMED)
def test_the_proof_exists(name: str, existing: set[str]) -> None:
    assert name in existing
