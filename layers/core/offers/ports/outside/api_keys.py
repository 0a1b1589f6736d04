"""API Gateway's control plane, as far as partners' keys go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from offers.domain.errors import RetryableError

if TYPE_CHECKING:
    from offers.domain.partner import UsagePlan


class ApiKeysUnavailable(RetryableError):
    """The control plane did not answer, or lacks the usage plan."""

    code = "api_keys_unavailable"

    def __init__(self) -> None:
        super().__init__("API keys cannot be changed now.", 5)


@dataclass(frozen=True, slots=True)
class IssuedKey:
    """``value`` is shown to the partner once and kept nowhere by us."""

    api_key_id: str
    value: str = field(repr=False)


class ApiKeys(Protocol):
    """Keys at the gateway. Every method raises ApiKeysUnavailable."""

    def issue(self, name: str, plan: UsagePlan) -> IssuedKey:
        """A new key that works at once, counted by ``plan``; no key is left behind if it fails."""

    def revoke(self, api_key_id: str) -> None:
        """It works no more; nothing happens to a key that is gone already."""

    def assign(self, api_key_id: str, plan: UsagePlan) -> None:
        """Count its calls by ``plan`` and by no other."""
