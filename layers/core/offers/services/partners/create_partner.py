"""Register a partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.account import Account
from offers.domain.audit import AuditAction, Change
from offers.domain.errors.money import InvalidMoney
from offers.domain.ids import AccountId, AuditEventId, PartnerId
from offers.domain.money import Money
from offers.domain.partner import Partner
from offers.domain.webhook import WebhookEndpoint
from offers.services.administration.administrators import administrator
from offers.services.partners.partner_view import PartnerView, facts_of_partner

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import UserId
    from offers.domain.partner import UsagePlan
    from offers.domain.partner_usage import ActivationLimits
    from offers.domain.webhook_url import WebhookRules
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import UnitOfWork
    from offers.services.webhooks.webhook_secrets import MadeSecret, WebhookSecrets


@dataclass(frozen=True, slots=True)
class NewPartner:
    """What a partner is made of; ``credit_limit`` is how far its account may go below zero."""

    name: str
    contact_email: str
    credit_limit: Money
    usage_plan: UsagePlan
    limits: ActivationLimits
    webhook_url: str | None


@dataclass(frozen=True)
class CreatePartner:
    """The partner and its account, in one commit. It can call nothing before it has a key."""

    unit_of_work: UnitOfWork
    clock: Clock
    new_id: NewId
    webhook_secrets: WebhookSecrets
    webhook_rules: WebhookRules

    def __call__(self, admin_id: UserId, new: NewPartner, reason: str) -> PartnerView:
        """Raises NotPermitted, InvalidMoney, InvalidWebhookUrl, PartnerNameTaken,
        SealingKeysUnavailable or StoreUnavailable.
        """
        if new.credit_limit.amount_minor < 0:
            raise InvalidMoney(new.credit_limit.amount)
        at = self.clock()
        partner, secret = self._partner(new, at)
        nothing = Money(0, new.credit_limit.currency)
        account_id = AccountId(self.new_id())
        account = Account(account_id, None, partner.id, nothing, new.credit_limit, at)
        facts = facts_of_partner(partner, account)
        change = Change(AuditAction.PARTNER_CREATED, f"partner:{partner.id}", after=facts)
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            work.partners.add(partner, account)
            work.audit.add(admin.did(AuditEventId(self.new_id()), change, reason, at))
        return PartnerView(partner, account, (), None if secret is None else secret.plain)

    def _partner(self, new: NewPartner, at: datetime) -> tuple[Partner, MadeSecret | None]:
        partner_id, webhook, secret = PartnerId(self.new_id()), None, None
        if new.webhook_url is not None:
            self.webhook_rules.require_usable(new.webhook_url)
            secret = self.webhook_secrets.make(partner_id)
            webhook = WebhookEndpoint(new.webhook_url, secret.sealed)
        partner = Partner(
            id=partner_id,
            name=new.name,
            contact_email=new.contact_email,
            usage_plan=new.usage_plan,
            limits=new.limits,
            created_at=at,
            updated_at=at,
            webhook=webhook,
        )
        return partner, secret
