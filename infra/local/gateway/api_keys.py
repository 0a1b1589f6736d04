"""API keys and usage plans, kept by API Gateway's control plane."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.gateway.refusals import Refusal, Refused

HEADER = "X-Api-Key"


@dataclass
class _Bucket:
    """API Gateway's token bucket: ``burst`` tokens, refilled at ``rate`` per second."""

    rate: float
    burst: float
    tokens: float
    filled_at: float = field(default_factory=time.monotonic)

    def take(self) -> bool:
        now = time.monotonic()
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True


@dataclass
class ApiKeys:
    """Looks keys up at every call, so that a revoked key ends at once."""

    apigateway: Any
    buckets: dict[str, _Bucket] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def admit(self, value: str | None) -> str:
        """The key's id. Raises Refused for a missing, unknown, disabled or unplanned key, and for
        a caller beyond its plan's rate."""
        key_id = self._find(value) if value else None
        if key_id is None:
            raise Refused(Refusal.INVALID_API_KEY)
        plans = self._ask("get_usage_plans", keyId=key_id)
        if not plans:
            raise Refused(Refusal.INVALID_API_KEY)
        throttle = plans[0].get("throttle")
        if throttle and not self._take(key_id, throttle):
            raise Refused(Refusal.THROTTLED)
        return key_id

    def _find(self, value: str) -> str | None:
        for key in self._ask("get_api_keys", includeValues=True, limit=500):
            if key["value"] == value and key["enabled"]:
                return str(key["id"])
        return None

    def _ask(self, operation: str, **arguments: Any) -> list[dict[str, Any]]:
        try:
            items: list[dict[str, Any]] = getattr(self.apigateway, operation)(**arguments)["items"]
        except (BotoCoreError, ClientError) as error:
            raise Refused(Refusal.AUTHORIZER_CONFIGURATION_ERROR) from error
        return items

    def _take(self, key_id: str, throttle: dict[str, Any]) -> bool:
        rate, burst = float(throttle["rateLimit"]), float(throttle["burstLimit"])
        with self.lock:
            bucket = self.buckets.get(key_id)
            if bucket is None or (bucket.rate, bucket.burst) != (rate, burst):
                bucket = self.buckets[key_id] = _Bucket(rate, burst, burst)
            return bucket.take()
