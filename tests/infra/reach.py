"""What a function's code reaches, found from its handler by the names that make() goes by."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from typing import Any

from offers.wiring.make import USE_CASES, provider_of
from tests.infra.template import ROOT, Function

LEAVES = {"queue_answers"}
"""Providers that use less of what they are given than it could do."""


def reached(function: Function) -> frozenset[str]:
    """The names of all collaborators and providers that the function may come to use."""
    source = (ROOT / "functions" / f"{function.module}.py").read_text("utf-8")
    names: set[str] = set()
    for wanted in _wanted(ast.parse(source)):
        _add(wanted, names)
    return frozenset(names)


def _wanted(module: ast.Module) -> Iterator[Any]:
    """The arguments of make(…) and make.later(…): use cases as classes, providers by name."""
    imported = {
        alias.name: node.module
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"make", "make.later"}:
            wanted = node.args[0]
            if isinstance(wanted, ast.Name):
                yield getattr(import_module(str(imported[wanted.id])), wanted.id)
            elif isinstance(wanted, ast.Attribute):
                yield wanted.attr


def _add(wanted: Any, names: set[str]) -> None:
    if not isinstance(wanted, str):
        for field in fields(wanted):
            _add(field.name, names)
    elif wanted not in names:
        names.add(wanted)
        for each in _parts(wanted):
            _add(each, names)


def _parts(name: str) -> Iterator[Any]:
    if name in USE_CASES:
        module, _, use_case = USE_CASES[name].rpartition(".")
        yield getattr(import_module(f"offers.services.{module}"), use_case)
    elif name not in LEAVES:
        provider = provider_of(name)
        code = getattr(provider, "__wrapped__", provider).__code__
        yield from code.co_varnames[: code.co_argcount]
