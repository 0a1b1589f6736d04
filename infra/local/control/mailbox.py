"""The emails that SES accepted, newest first."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Mailbox:
    """Reads what the stand-in for AWS wrote; the file outlives a restart."""

    file: Path

    def mails(self) -> list[dict[str, Any]]:
        if not self.file.exists():
            return []
        with self.file.open(encoding="utf-8") as lines:
            found = [json.loads(line) for line in lines if line.endswith("\n")]
        return found[::-1]
