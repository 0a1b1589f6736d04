"""A partner as administrators see it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from offers.domain.account import Account
    from offers.domain.partner import Partner, PartnerApiKey
    from offers.ports.store.work import Work


@dataclass(frozen=True, slots=True)
class PartnerView:
    """``new_webhook_secret`` is set once: in the answer to the request that made it."""

    partner: Partner
    account: Account
    keys: tuple[PartnerApiKey, ...]
    new_webhook_secret: str | None = field(default=None, repr=False)


def view_of(work: Work, partner: Partner) -> PartnerView:
    """With its account and its valid keys."""
    keys = tuple(key for key in work.partners.keys(partner.id) if key.is_valid)
    return PartnerView(partner, work.partners.account_of(partner.id), keys)


def facts_of_partner(partner: Partner, account: Account) -> dict[str, Any]:
    """What the audit log keeps: no secret, nor anything made from one."""
    webhook = partner.webhook
    return {
        "name": partner.name,
        "contact_email": partner.contact_email,
        "active": partner.is_active,
        "usage_plan": partner.usage_plan,
        "activations_per_minute": partner.limits.per_minute,
        "activations_per_day": partner.limits.per_day,
        "credit_limit": account.credit_limit.amount,
        "webhook_url": webhook and webhook.url,
        "webhook_enabled": webhook is not None and webhook.is_enabled,
    }
