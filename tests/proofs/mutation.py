"""Removes a guard from the code under test, to see whether anything would notice."""

from __future__ import annotations

import inspect
import sys
import textwrap
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pytest


def mutate(monkeypatch: pytest.MonkeyPatch, owner: Any, method: str, old: str, new: str) -> None:
    """Run ``owner.method`` with ``new`` for ``old``, which its source must hold exactly once: when
    the code has moved on, this says so."""
    function = getattr(owner, method)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(old) == 1, f"{owner.__name__}.{method} does not hold {old!r} once"
    namespace = dict(vars(sys.modules[function.__module__]))
    future = "from __future__ import annotations\n"
    exec(future + source.replace(old, new), namespace)  # noqa: S102  # our own source, in a test
    monkeypatch.setattr(owner, method, namespace[method])
