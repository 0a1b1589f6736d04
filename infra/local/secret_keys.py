"""The keys that sign tokens and seal secrets, kept in DATA_DIR so that both outlive a restart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from infra.keys.new import new_sealing_keys, new_token_keys
from infra.local.stack_folder import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def token_keys(file: Path) -> str:
    """The secret's JSON text: made once, readable by its owner only."""
    return _kept(file, new_token_keys)


def sealing_keys(file: Path) -> str:
    """Likewise."""
    return _kept(file, new_sealing_keys)


def _kept(file: Path, new_keys: Callable[[], dict[str, object]]) -> str:
    if not file.exists():
        write_atomically(file, json.dumps(new_keys()))
    return file.read_text(encoding="utf-8")
