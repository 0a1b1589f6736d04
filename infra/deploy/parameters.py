"""The full list of a stage's parameters: SAM CLI replaces lists, it does not merge them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import tomllib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

HASH_LENGTH = 10
"""What SAM takes of it for the versions' ids."""


class UnknownStage(Exception):
    """samconfig.toml does not know it."""

    def __init__(self, stage: str, known: Iterable[str]) -> None:
        super().__init__(f"samconfig.toml has no stage {stage!r}; it has {', '.join(known)}.")


def stack_name(samconfig: Path, stage: str) -> str:
    """The name of the stage's stack. Raises UnknownStage."""
    return str(_deploy(samconfig, stage)["stack_name"])


def parameters(samconfig: Path, stage: str, given: Iterable[str]) -> dict[str, str]:
    """Those of samconfig.toml, then ``given``, each ``Name=value``. Raises UnknownStage."""
    listed = [*_deploy(samconfig, stage)["parameter_overrides"], *given]
    return dict(each.partition("=")[::2] for each in listed)


def _deploy(samconfig: Path, stage: str) -> Mapping[str, Any]:
    stages = tomllib.loads(samconfig.read_text("utf-8"))
    known = [name for name in stages if isinstance(stages[name], dict) and name != "default"]
    if stage not in known:
        raise UnknownStage(stage, known)
    section: Mapping[str, Any] = stages[stage]["deploy"]["parameters"]
    return section


def release(chosen: Mapping[str, str], code: str, name: str) -> str:
    """Another one for other code or other parameters: ``3f2a9c1b7d-v1.4.0``."""
    everything = json.dumps([code, sorted(chosen.items())])
    return f"{hashlib.sha256(everything.encode()).hexdigest()[:HASH_LENGTH]}-{name}"


def code_of(root: Path) -> tuple[str, str]:
    """What the working tree holds, as text to be hashed, and what people call it."""
    commit = _git(root, "rev-parse", "HEAD")
    changed = _git(root, "diff", "HEAD") + _git(root, "status", "--porcelain")
    name = _git(root, "describe", "--tags", "--always", "--dirty").strip().replace("/", "-")
    return commit + changed, name


def _git(root: Path, *words: str) -> str:
    program = ["git", *words]  # of the developer's own PATH, with our own words
    return subprocess.run(program, cwd=root, check=True, capture_output=True, text=True).stdout  # noqa: S603  # likewise
