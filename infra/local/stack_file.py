"""stack.json: how other programs find a running stack (CONTRACT.md, "The laptop stack")."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infra.local.stack_folder import write_atomically

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class StackAddresses:
    """Where everything answers."""

    api: str
    aws: str
    provisioning: str
    postgres: str
    """By its unix socket, which costs least."""
    postgres_tcp: str
    redis: str
    postgres_pid: int
    redis_pid: int
    queues: Mapping[str, str]
    """URLs by the queues' logical ids."""

    def write(self, file: Path) -> None:
        """Readers see all of it or nothing."""
        described = {
            "api": self.api,
            "aws": self.aws,
            "provisioning": self.provisioning,
            "postgres": self.postgres,
            "postgres_tcp": self.postgres_tcp,
            "redis": self.redis,
            "pids": {
                "stack": os.getpid(),
                "postgres": self.postgres_pid,
                "redis": self.redis_pid,
            },
            "queues": {_short(name): url for name, url in self.queues.items()},
        }
        write_atomically(file, json.dumps(described, indent=2) + "\n")


def _short(logical_id: str) -> str:
    """ActivationDeadLetterQueue -> activation_dead_letter."""
    words = re.findall(r"[A-Z][a-z0-9]*", logical_id.removesuffix("Queue"))
    return "_".join(words).lower()
