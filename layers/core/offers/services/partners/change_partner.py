"""Change what a partner may do, and where it is told about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.errors.money import InvalidMoney
from offers.domain.ids import AuditEventId
from offers.domain.money import Money
from offers.domain.partner import with_credit_limit
from offers.domain.partner_usage import ActivationLimits
from offers.domain.webhook import (
    SECRET_OVERLAP,
    WebhookEndpoint,
    new_webhook_secret,
    require_usable_url,
)
from offers.services.administration.administrators import administrator
from offers.services.partners.partner_view import PartnerView, facts_of_partner, view_of

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.account import Account
    from offers.domain.audit import Administrator
    from offers.domain.ids import PartnerId, UserId
    from offers.domain.partner import Partner, UsagePlan
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.api_keys import ApiKeys
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.administration.preconditions import Precondition

NO_WEBHOOK = ""
"""As a new ``webhook_url``: tell it nothing any more."""


@dataclass(frozen=True, slots=True)
class PartnerChanges:
    """None keeps what there is; ``credit_limit`` is a decimal string in the account's currency."""

    is_active: bool | None = None
    contact_email: str | None = None
    usage_plan: UsagePlan | None = None
    activations_per_minute: int | None = None
    activations_per_day: int | None = None
    credit_limit: str | None = None
    webhook_url: str | None = None
    rotates_webhook_secret: bool = False
    enables_webhook: bool = False


@dataclass(frozen=True)
class ChangePartner:
    """Partner and account in one commit; keys follow a new usage plan after it."""

    unit_of_work: UnitOfWork
    api_keys: ApiKeys
    clock: Clock
    new_id: NewId
    allows_private_webhooks: bool

    def __call__(
        self,
        admin_id: UserId,
        partner_id: PartnerId,
        changes: PartnerChanges,
        precondition: Precondition,
        reason: str,
    ) -> PartnerView:
        """Raises NotPermitted, PartnerNotFound, StaleVersion, InvalidMoney, CreditLimitBelowDebt,
        InvalidWebhookUrl, WebhookNotConfigured or StoreUnavailable; then nothing has changed. After
        ApiKeysUnavailable everything has but the keys' plan: send it again.
        """
        at = self.clock()
        if changes.webhook_url:
            require_usable_url(changes.webhook_url, allows_private=self.allows_private_webhooks)
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            account = work.partners.lock_account(partner_id)  # first in the order of locks
            before = work.partners.lock(partner_id)
            precondition(before.version)
            if changes.webhook_url == NO_WEBHOOK:
                work.webhook_deliveries.fail_queued(partner_id, at)
            limited = _limited(account, changes, at)
            after = _changed(before, changes, at)
            work.partners.save_credit_limit(limited)
            work.partners.save(after)
            self._record(work, admin, (before, account), (after, limited), reason)
            view = view_of(work, after)
        if changes.usage_plan is not None:
            for key in view.keys:
                self.api_keys.assign(key.api_key_id, after.usage_plan)
        return replace(view, new_webhook_secret=_new_secret(before, after))

    def _record(
        self,
        work: Work,
        admin: Administrator,
        before: tuple[Partner, Account],
        after: tuple[Partner, Account],
        reason: str,
    ) -> None:
        old, new = facts_of_partner(*before), facts_of_partner(*after)
        if _new_secret(before[0], after[0]) is not None:
            new["webhook_secret_is_new"] = True
        subject = f"partner:{after[0].id}"
        change = Change.between(AuditAction.PARTNER_CHANGED, subject, old, new)
        event_id = AuditEventId(self.new_id())
        work.audit.add(admin.did(event_id, change, reason, after[0].updated_at))


def _limited(account: Account, changes: PartnerChanges, at: datetime) -> Account:
    if changes.credit_limit is None:
        return account
    limit = Money.of(changes.credit_limit, account.balance.currency)
    if limit.amount_minor < 0:
        raise InvalidMoney(changes.credit_limit)
    return with_credit_limit(account, limit, at)


def _changed(partner: Partner, changes: PartnerChanges, at: datetime) -> Partner:
    """The next version, also when only the account changes: the ETag stands for both."""
    limits = ActivationLimits(
        changes.activations_per_minute or partner.limits.per_minute,
        changes.activations_per_day or partner.limits.per_day,
    )
    changed = partner.with_limits(limits, at)
    if changes.is_active is not None:
        changed = changed.activate(at) if changes.is_active else changed.deactivate(at)
    if changes.contact_email is not None:
        changed = changed.with_contact(changes.contact_email, at)
    if changes.usage_plan is not None:
        changed = changed.with_usage_plan(changes.usage_plan, at)
    return replace(_with_webhook(changed, changes, at), version=partner.version + 1)


def _with_webhook(partner: Partner, changes: PartnerChanges, at: datetime) -> Partner:
    if changes.webhook_url == NO_WEBHOOK:
        partner = partner.with_webhook(None, at)
    elif changes.webhook_url is not None:
        known = partner.webhook
        url = changes.webhook_url
        moved = known.move(url) if known else WebhookEndpoint(url, new_webhook_secret())
        partner = partner.with_webhook(moved, at)
    if changes.rotates_webhook_secret:
        partner = partner.rotate_webhook_secret(new_webhook_secret(), SECRET_OVERLAP, at)
    return partner.enable_webhook(at) if changes.enables_webhook else partner


def _new_secret(before: Partner, after: Partner) -> str | None:
    if after.webhook is None:
        return None
    known = before.webhook and before.webhook.secret
    return None if after.webhook.secret == known else after.webhook.secret
