"""Partners: companies that order activations for customers and pay for them themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.errors.partners import CreditLimitBelowDebt, TooManyApiKeys
from offers.domain.errors.webhooks import WebhookNotConfigured

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from offers.domain.account import Account
    from offers.domain.ids import PartnerId
    from offers.domain.money import Money
    from offers.domain.partner_usage import ActivationLimits
    from offers.domain.webhook import WebhookEndpoint

MAX_API_KEYS = 2
"""A new key beside the old one while a partner changes over; never more."""


class UsagePlan(StrEnum):
    """API Gateway's usage plan of the partner's keys; each has its resource in template.yaml."""

    BASIC = "basic"
    PREMIUM = "premium"


@dataclass(frozen=True, slots=True)
class PartnerApiKey:
    """A key as we know it: API Gateway's id, and a hash by which an operator recognises it.

    The key itself is known to API Gateway and the partner only.
    """

    api_key_id: str
    partner_id: PartnerId
    key_hash: bytes
    created_at: datetime
    revoked_at: datetime | None = None

    @property
    def is_valid(self) -> bool:
        """Whether it still opens the partner's routes."""
        return self.revoked_at is None

    def revoke(self, at: datetime) -> PartnerApiKey:
        """It opens nothing any more; revoked before, it stays as it was."""
        return self if self.revoked_at is not None else replace(self, revoked_at=at)


@dataclass(frozen=True, slots=True)
class Partner:
    """``version`` grows with every change an administrator makes (If-Match).

    The account that pays for its activations is a row of its own: see ``ports.partners``.
    """

    id: PartnerId
    name: str
    contact_email: str
    usage_plan: UsagePlan
    limits: ActivationLimits
    created_at: datetime
    updated_at: datetime
    is_active: bool = True
    webhook: WebhookEndpoint | None = None
    version: int = 1

    def activate(self, at: datetime) -> Partner:
        """Its keys work."""
        return self._changed(at, is_active=True)

    def deactivate(self, at: datetime) -> Partner:
        """Its keys work no more; what was accepted goes on."""
        return self._changed(at, is_active=False)

    def with_contact(self, contact_email: str, at: datetime) -> Partner:
        """Where notices about its webhook go."""
        return self._changed(at, contact_email=contact_email)

    def with_limits(self, limits: ActivationLimits, at: datetime) -> Partner:
        """How many activations it may start."""
        return self._changed(at, limits=limits)

    def with_usage_plan(self, usage_plan: UsagePlan, at: datetime) -> Partner:
        """Which plan API Gateway counts its calls by."""
        return self._changed(at, usage_plan=usage_plan)

    def with_webhook(self, webhook: WebhookEndpoint | None, at: datetime) -> Partner:
        """Where it is told how activations ended, from now on; None: nowhere."""
        return self._changed(at, webhook=webhook)

    def rotate_webhook_secret(self, secret: str, overlap: timedelta, at: datetime) -> Partner:
        """Sign with a new secret, and for ``overlap`` with the old one as well.

        Raises WebhookNotConfigured.
        """
        webhook = self.require_webhook()
        return self._changed(at, webhook=webhook.rotate(secret, at + overlap))

    def enable_webhook(self, at: datetime) -> Partner:
        """Try it again after it was disabled. Raises WebhookNotConfigured."""
        return self._changed(at, webhook=self.require_webhook().enable())

    def require_webhook(self) -> WebhookEndpoint:
        """Its webhook, or WebhookNotConfigured."""
        if self.webhook is None:
            raise WebhookNotConfigured
        return self.webhook

    def _changed(self, at: datetime, **changes: object) -> Partner:
        return replace(self, version=self.version + 1, updated_at=at, **changes)  # type: ignore[arg-type]  # replace() checks names at run time; callers above name real fields


def require_room_for_key(keys: Iterable[PartnerApiKey]) -> None:
    """Raise TooManyApiKeys if the partner has as many valid keys as it may have."""
    if sum(key.is_valid for key in keys) >= MAX_API_KEYS:
        raise TooManyApiKeys(MAX_API_KEYS)


def with_credit_limit(account: Account, limit: Money, at: datetime) -> Account:
    """The partner's account with another limit.

    Raises CreditLimitBelowDebt if it owes more than that already, and CurrencyMismatch.
    """
    if (account.balance + limit).amount_minor < 0:
        raise CreditLimitBelowDebt(account.balance, limit)
    return replace(account, credit_limit=limit, updated_at=at)
