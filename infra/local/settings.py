"""What can be chosen about a laptop stack."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.errors import StackError

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
STAGE = "local"
RELEASE = "0000000000-laptop"
TOKEN_KEYS_SECRET = "offers/token-keys"  # noqa: S105  # a secret's name
SEALING_KEYS_SECRET = "offers/sealing-keys"  # noqa: S105  # a secret's name
EMAIL_SENDER = "offers@example.com"
MIGRATE_FUNCTION = "MigrateFunction"
HIGHEST_PORT = 65_531


@dataclass(frozen=True)
class StackSettings:
    """``port`` 0 means free ports."""

    data_folder: Path
    port: int = 3000
    template: Path = ROOT / "template.yaml"
    limits_clients: bool = False
    """Whether the web ACL's limits hold: everybody here has the same address."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> StackSettings:
        """PORT, DATA_DIR and CLIENT_LIMITS. Raises StackError when PORT is not a port."""
        port = environment.get("PORT") or "3000"
        if not port.isdigit() or int(port) > HIGHEST_PORT:
            message = f"PORT must be a number up to {HIGHEST_PORT}, not {port!r}."
            raise StackError(message)
        folder = ROOT / (environment.get("DATA_DIR") or ".local")
        limits_clients = environment.get("CLIENT_LIMITS") == "on"
        return cls(folder, int(port), limits_clients=limits_clients)
