"""What an import contract cannot see: names that draw, look at the clock or open files."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import offers.domain

DOMAIN = Path(str(offers.domain.__file__)).parent
IMPURE = {"uuid1", "uuid4", "uuid7", "now", "utcnow", "today", "open", "print", "getenv"}


@pytest.mark.parametrize("module", sorted(DOMAIN.rglob("*.py")), ids=lambda path: path.stem)
def test_the_domain_is_told_what_it_does_not_know(module: Path) -> None:
    tree = ast.parse(module.read_text("utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {node.attr if isinstance(node, ast.Attribute) else ast.unparse(node) for node in calls}
    assert names.isdisjoint(IMPURE)
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported.isdisjoint(IMPURE)
