"""Every use case can be made, and what its fields are filled with has the type they declare."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from offers.wiring import choices, messages, sealing, stores, tokens
from offers.wiring.make import USE_CASES, Maker, NothingStandsFor, provider_of

ROOT = Path(__file__).resolve().parents[3]
SERVICES = ROOT / "layers/core/offers/services"
ENVIRONMENT = {
    "STAGE": "local",
    "DATABASE_URL": "postgresql://127.0.0.1:1/offers",
    "OWNER_DATABASE_URL": "postgresql://127.0.0.1:1/offers",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "PROVISIONING_URL": "https://provisioning.example.com",
    "PROVISIONING_TIMEOUT_SECONDS": "5",
    "PUBLIC_URL": "https://api.example.com",
    "EMAIL_SENDER": "offers@example.com",
    "TOKEN_ISSUER": "https://api.example.com",
    "TOKEN_KEYS_SECRET_ID": "keys",
    "SEALING_KEYS_SECRET_ID": "sealing-keys",
    "USAGE_PLAN_PREFIX": "offers",
    "REMINDER_DAYS": "7,3,1",
    "RENEW_HOURS_BEFORE": "24",
    "GRACE_DAYS": "3",
    "FOUR_EYES_ABOVE": "10000",
    "ACTIVATION_DEAD_LETTER_QUEUE_URL": "https://sqs.example.com/dead",
    **{
        f"{queue}_QUEUE_URL": f"https://sqs.example.com/{queue.lower()}"
        for queue in ("ACTIVATION", "NOTIFICATION", "WEBHOOK", "OUTCOME", "LIFECYCLE")
    },
}


def _asked_for_by_handlers() -> set[str]:
    """``area.module.Class`` of each use case that a handler makes."""
    found = set()
    for handler in (ROOT / "functions").rglob("*.py"):
        source = handler.read_text("utf-8")
        imported = dict(
            re.findall(r"^from offers\.services\.([\w.]+) import (\w+)$", source, re.MULTILINE)
        )
        made = set(re.findall(r"\bmake\(([A-Z]\w+)\)", source))
        found |= {f"{module}.{name}" for module, name in imported.items() if name in made}
    return found


EVERY = sorted(_asked_for_by_handlers() | set(USE_CASES.values()))


def load(use_case: str) -> Any:
    module, _, name = use_case.rpartition(".")
    return getattr(import_module(f"offers.services.{module}"), name)


@pytest.mark.parametrize("use_case", EVERY)
def test_every_use_case_can_be_made(use_case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    make, wanted = Maker(), load(use_case)

    assert isinstance(make(wanted), wanted)
    assert make(wanted) is make(wanted)


PROVIDERS = [
    provider
    for module in (choices, messages, sealing, stores, tokens)
    for name, provider in vars(module).items()
    if callable(provider)
    and not name.startswith("_")
    and getattr(provider, "__module__", None) == module.__name__
]


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.__name__)
def test_every_provider_makes_something(provider: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)

    assert Maker()(provider) is not None


def test_what_is_given_stands_in_everywhere() -> None:
    given = object()
    make = Maker(queues=given, unit_of_work=object(), reading=object(), clock=object())

    relay, dispatch = load("outbox.relay_outbox.RelayOutbox"), load(USE_CASES["dispatch"])
    assert make(relay).queues is given
    assert make(dispatch).queues is given


def test_a_name_that_nothing_stands_for_is_told() -> None:
    with pytest.raises(NothingStandsFor, match="no_such_part"):
        Maker().part("no_such_part")


def _imports_of(module: ast.Module) -> str:
    """All of a module's imports, those for type checkers too."""
    found = [node for node in ast.walk(module) if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n".join(map(ast.unparse, found))


def _call_of(part: str, sources: set[str]) -> str:
    """The provider's call with its parameters' providers called in turn; ``sources`` are the
    imports that this needs.
    """
    provider = provider_of(part)
    sources.add(f"from {provider.__module__} import {part} as make_{part}")
    names = [each for each in provider.__annotations__ if each != "return"]
    return f"make_{part}({', '.join(_call_of(each, sources) for each in names)})"


def _as_a_program(use_case: str, folder: Path) -> None:
    """A function that passes what each field is filled with to a name of the field's type."""
    path, _, name = use_case.rpartition(".")
    module = ast.parse((SERVICES / f"{path.replace('.', '/')}.py").read_text("utf-8"))
    (found,) = (n for n in module.body if isinstance(n, ast.ClassDef) and n.name == name)
    lines = [_imports_of(module), f"from offers.services.{path} import *"]
    for field in (node for node in found.body if isinstance(node, ast.AnnAssign)):
        assert isinstance(field.target, ast.Name)
        part, kind = field.target.id, ast.unparse(field.annotation)
        if part in USE_CASES:
            source, _, made = USE_CASES[part].rpartition(".")
            lines.append(f"from offers.services.{source} import {made} as Part_{part}")
            lines.append(f"def _{part}(made: Part_{part}) -> {kind}:\n    return made")
        else:
            sources: set[str] = set()
            call = _call_of(part, sources)
            lines += sorted(sources)
            lines.append(f"def _{part}() -> {kind}:\n    return {call}")
    program = "from __future__ import annotations\nfrom typing import Any\n" + "\n".join(lines)
    (folder / f"made_{path.replace('.', '_')}_{name.lower()}.py").write_text(program + "\n")


def test_each_field_has_the_type_that_it_declares(tmp_path: Path) -> None:
    for use_case in EVERY:
        _as_a_program(use_case, tmp_path)

    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
