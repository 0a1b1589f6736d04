"""Change what a partner may do, and where it is told about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.changes import REMOVE, require_seen
from offers.domain.ids import AuditEventId
from offers.domain.partner import with_credit_limit
from offers.services.administration.administrators import administrator
from offers.services.partners.partner_view import PartnerView, facts_of_partner, view_of

if TYPE_CHECKING:
    from offers.domain.account import Account
    from offers.domain.audit import Administrator
    from offers.domain.changes import SeenVersions
    from offers.domain.ids import PartnerId, UserId
    from offers.domain.partner import Partner
    from offers.domain.partner_changes import PartnerChanges
    from offers.domain.webhook_url import WebhookRules
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.api_keys import ApiKeys
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.webhooks.webhook_secrets import WebhookSecrets


@dataclass(frozen=True)
class ChangePartner:
    """Partner and account in one commit; keys follow a new usage plan after it."""

    unit_of_work: UnitOfWork
    api_keys: ApiKeys
    clock: Clock
    new_id: NewId
    webhook_secrets: WebhookSecrets
    webhook_rules: WebhookRules

    def __call__(
        self,
        admin_id: UserId,
        partner_id: PartnerId,
        changes: PartnerChanges,
        seen: SeenVersions,
        reason: str,
    ) -> PartnerView:
        """Raises NotPermitted, PartnerNotFound, StaleVersion, InvalidMoney, CreditLimitBelowDebt,
        InvalidWebhookUrl, WebhookNotConfigured, SealingKeysUnavailable or StoreUnavailable; then
        nothing has changed. After ApiKeysUnavailable everything has but the keys' plan: send it
        again.
        """
        at, url = self.clock(), changes.webhook_url
        if url is not None and url is not REMOVE:
            self.webhook_rules.require_usable(url)
        made = self.webhook_secrets.make(partner_id) if changes.may_need_secret else None
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            account = work.partners.lock_account(partner_id)  # first in the order of locks
            before = work.partners.lock(partner_id)
            require_seen(before.version, seen)
            if url is REMOVE:
                work.webhook_deliveries.fail_queued(partner_id, at)
            limited = account
            if changes.credit_limit is not None:
                limited = with_credit_limit(account, changes.credit_limit, at)
                work.partners.save_credit_limit(limited)
            after = before.change(changes, None if made is None else made.sealed, at)
            work.partners.save(after, before)
            self._record(work, admin, (before, account), (after, limited), reason)
            view = view_of(work, after)
        if changes.usage_plan is not None:
            for key in view.keys:
                self.api_keys.assign(key.api_key_id, after.usage_plan)
        if made is not None and _has_new_secret(before, after):
            return replace(view, new_webhook_secret=made.plain)
        return view

    def _record(
        self,
        work: Work,
        admin: Administrator,
        before: tuple[Partner, Account],
        after: tuple[Partner, Account],
        reason: str,
    ) -> None:
        old, new = facts_of_partner(*before), facts_of_partner(*after)
        if _has_new_secret(before[0], after[0]):
            new["webhook_secret_is_new"] = True
        subject = f"partner:{after[0].id}"
        change = Change.between(AuditAction.PARTNER_CHANGED, subject, old, new)
        event_id = AuditEventId(self.new_id())
        work.audit.add(admin.did(event_id, change, reason, after[0].updated_at))


def _has_new_secret(before: Partner, after: Partner) -> bool:
    known = before.webhook and before.webhook.secret
    return after.webhook is not None and after.webhook.secret != known
