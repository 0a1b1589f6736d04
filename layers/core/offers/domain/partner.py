"""Partners: companies that order activations for customers and pay for them themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.changes import or_kept
from offers.domain.errors.money import InvalidMoney
from offers.domain.errors.partners import CreditLimitBelowDebt, TooManyApiKeys
from offers.domain.errors.webhooks import WebhookNotConfigured
from offers.domain.money import Money
from offers.domain.partner_usage import ActivationLimits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from offers.domain.account import Account
    from offers.domain.ids import PartnerId
    from offers.domain.partner_changes import PartnerChanges
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

    def change(self, changes: PartnerChanges, new_secret: str | None, at: datetime) -> Partner:
        """The next version, also when only its account changes: the ETag stands for both.

        ``new_secret`` signs webhooks from now on if the changes ask for a new secret; if they may,
        it is needed. Raises WebhookNotConfigured.
        """
        limits = ActivationLimits(
            or_kept(changes.activations_per_minute, self.limits.per_minute),
            or_kept(changes.activations_per_day, self.limits.per_day),
        )
        return replace(
            self.with_webhook(changes.webhook(self.webhook, new_secret, at), at),
            is_active=or_kept(changes.is_active, self.is_active),
            contact_email=or_kept(changes.contact_email, self.contact_email),
            usage_plan=or_kept(changes.usage_plan, self.usage_plan),
            limits=limits,
        )

    def with_webhook(self, webhook: WebhookEndpoint | None, at: datetime) -> Partner:
        """Where it is told how activations ended, from now on; None: nowhere."""
        return replace(self, version=self.version + 1, updated_at=at, webhook=webhook)

    def require_webhook(self) -> WebhookEndpoint:
        """Its webhook, or WebhookNotConfigured."""
        if self.webhook is None:
            raise WebhookNotConfigured
        return self.webhook


def require_room_for_key(keys: Iterable[PartnerApiKey]) -> None:
    """Raise TooManyApiKeys if the partner has as many valid keys as it may have."""
    if sum(key.is_valid for key in keys) >= MAX_API_KEYS:
        raise TooManyApiKeys(MAX_API_KEYS)


def with_credit_limit(account: Account, limit: str, at: datetime) -> Account:
    """The partner's account with another limit, a decimal string in its currency.

    Raises InvalidMoney unless it is zero or more, and CreditLimitBelowDebt if the partner owes more
    than that already.
    """
    wanted = Money.of(limit, account.balance.currency)
    if wanted.amount_minor < 0:
        raise InvalidMoney(limit)
    if (account.balance + wanted).amount_minor < 0:
        raise CreditLimitBelowDebt(account.balance, wanted)
    return replace(account, credit_limit=wanted, updated_at=at)
