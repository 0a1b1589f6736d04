"""The emails that SES accepted, newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Mailbox:
    """Reads what the stand-in for AWS wrote; the file outlives a restart."""

    file: Path

    def mails(self) -> list[dict[str, Any]]:
        """Each as the stand-in for AWS wrote it down."""
        if not self.file.exists():
            return []
        with self.file.open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines if line.endswith("\n")]
        return found[::-1]
