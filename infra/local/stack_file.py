"""stack.json: how other programs find a running stack (CONTRACT.md, "The laptop stack")."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.local.data_folder import write_atomically


@dataclass(frozen=True)
class StackAddresses:
    """Where everything answers."""

    api: str
    aws: str
    provisioning: str
    postgres: str
    redis: str
    postgres_pid: int
    redis_pid: int
    queues: Mapping[str, str]
    """URLs by the queues' logical ids."""

    def write(self, file: Path) -> None:
        described = {
            "api": self.api,
            "aws": self.aws,
            "provisioning": self.provisioning,
            "postgres": self.postgres,
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
