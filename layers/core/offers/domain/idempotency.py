"""Idempotency keys (the IETF httpapi draft's ``Idempotency-Key`` header)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A caller's key for one request; ``fingerprint`` tells another request under the same key."""

    caller: str
    key: str
    fingerprint: str

    @classmethod
    def of(cls, caller: str, key: str, operation: str, body: dict[str, Any]) -> IdempotencyKey:
        """Keys belong to one caller; operation and body make the fingerprint, the order of fields
        does not.
        """
        request = json.dumps([operation, body], sort_keys=True, separators=(",", ":"), default=str)
        return cls(caller, key, hashlib.sha256(request.encode()).hexdigest())
