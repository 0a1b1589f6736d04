"""Port ApiKeys in memory."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from offers.ports.outside.api_keys import ApiKeysUnavailable, IssuedKey

if TYPE_CHECKING:
    from offers.domain.partner import UsagePlan


class FakeApiKeys:
    """``plans`` holds each working key's plan by its id."""

    def __init__(self) -> None:
        self.plans: dict[str, UsagePlan] = {}
        self.is_away = False
        self._numbers = count(1)

    def issue(self, name: str, plan: UsagePlan) -> IssuedKey:
        self._require_answer()
        number = next(self._numbers)
        self.plans[f"key-{number}"] = plan
        return IssuedKey(f"key-{number}", f"secret-value-{number}")

    def revoke(self, api_key_id: str) -> None:
        self._require_answer()
        self.plans.pop(api_key_id, None)

    def assign(self, api_key_id: str, plan: UsagePlan) -> None:
        self._require_answer()
        self.plans[api_key_id] = plan

    def _require_answer(self) -> None:
        if self.is_away:
            raise ApiKeysUnavailable
