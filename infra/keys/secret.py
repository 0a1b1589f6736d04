"""A ring in Secrets Manager, and which step of its rotation it is in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from infra.keys import rotation

STEP = "step"
"""A member of the secret that says what the newest version did: created, published, promoted."""


@dataclass(frozen=True)
class KeySecret:
    """``secrets`` is a boto3 client."""

    secrets: Any
    secret_id: str

    def is_empty(self) -> bool:
        """Whether it holds no keys yet."""
        try:
            self._read()
        except self.secrets.exceptions.ResourceNotFoundException:
            return True
        return False

    def create(self, ring: rotation.Ring) -> None:
        """Fill it. Whoever fills it a second time would sign everybody out: callers ask first."""
        self._write(ring, "created")

    def rotate(self, new_key: dict[str, str]) -> str:
        """Publish ``new_key``, or promote the one that is published; which of both. Raises
        TooEarly."""
        ring, age = self._read()
        if ring.get(STEP) == "published":
            self._write(rotation.promote(ring, age), "promoted")
            return "promoted"
        self._write(rotation.publish(ring, new_key), "published")
        return "published"

    def retire(self) -> None:
        """Let the old keys go. Raises TooEarly or NothingToRetire."""
        ring, age = self._read()
        if ring.get(STEP) == "published":
            raise rotation.NothingToRetire
        self._write(rotation.retire(ring, age), "retired")

    def _read(self) -> tuple[rotation.Ring, timedelta]:
        found = self.secrets.get_secret_value(SecretId=self.secret_id)
        age = datetime.now(UTC) - found["CreatedDate"]
        return json.loads(found["SecretString"]), age

    def _write(self, ring: rotation.Ring, step: str) -> None:
        text = json.dumps({**ring, STEP: step})
        self.secrets.put_secret_value(SecretId=self.secret_id, SecretString=text)
