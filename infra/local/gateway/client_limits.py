"""AWS WAF's rate rules for each address, as the template's web ACL states them.

https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True)
class RateRule:
    """At most ``limit`` requests of one address in ``window_seconds`` whose path has ``part``."""

    name: str
    limit: int
    window_seconds: int
    part: str = ""


@dataclass
class ClientLimits:
    """Counts every request, the refused ones too, as WAF does; exactly, where WAF estimates."""

    rules: tuple[RateRule, ...]
    seen: dict[tuple[str, str], deque[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def admits(self, address: str, path: str) -> bool:
        """Whether no rule blocks this request."""
        plain = unquote(path).lower()
        counting = [rule for rule in self.rules if rule.part in plain]
        with self.lock:
            held = [self._counts(rule, address) for rule in counting]  # each rule counts it
        return all(held)

    def _counts(self, rule: RateRule, address: str) -> bool:
        now = time.monotonic()
        times = self.seen.setdefault((rule.name, address), deque(maxlen=rule.limit + 1))
        while times and times[0] <= now - rule.window_seconds:
            times.popleft()
        times.append(now)
        return len(times) <= rule.limit


def rate_rules(web_acl: Mapping[str, Any]) -> Iterator[RateRule]:
    """The rules of an AWS::WAFv2::WebACL; a limit of 0 is none."""
    for rule in web_acl.get("Rules") or ():
        stated = rule["Statement"]["RateBasedStatement"]
        match = (stated.get("ScopeDownStatement") or {}).get("ByteMatchStatement") or {}
        window = int(stated.get("EvaluationWindowSec", 300))
        part = str(match.get("SearchString", ""))
        if limit := int(stated["Limit"]):
            yield RateRule(rule["Name"], limit, window, part)
