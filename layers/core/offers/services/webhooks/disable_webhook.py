"""Stop calling an endpoint that has taken nothing for days or is gone, and say so."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import NotificationId, OutboxMessageId
from offers.domain.messages import PartnerEmail
from offers.domain.notification import PartnerNotice
from offers.domain.outbox import OutboxMessage

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.partner import Partner
    from offers.ports.ids import NewId
    from offers.ports.outside.emails import EmailWriter
    from offers.ports.store.work import Work

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DisableWebhook:
    """Inside the unit of work that gives a delivery up."""

    email_writer: EmailWriter
    new_id: NewId

    def __call__(
        self, work: Work, partner: Partner, at: datetime, *, is_gone: bool = False
    ) -> tuple[OutboxMessage, ...]:
        """The email to dispatch after the commit; none if there is no reason to disable the locked
        ``partner``'s webhook. What still waits for it is listed as failed, to be replayed.
        """
        webhook = partner.webhook
        if webhook is None or not webhook.is_enabled:
            return ()
        if not is_gone and not webhook.has_failed_too_long(at):
            return ()
        disabled = partner.with_webhook(webhook.disable(at), at)
        work.partners.save(disabled, partner)
        work.webhook_deliveries.fail_queued(partner.id, at)
        notice = PartnerNotice.WEBHOOK_GONE if is_gone else PartnerNotice.WEBHOOK_DISABLED
        message = self._email(disabled, notice, at)
        work.outbox.add(message)
        logger.warning("webhook disabled", extra={"partner_id": str(partner.id)})
        return (message,)

    def _email(self, partner: Partner, notice: PartnerNotice, at: datetime) -> OutboxMessage:
        email = self.email_writer.write_to_partner(notice, partner)
        message_id = OutboxMessageId(self.new_id())
        return OutboxMessage(
            id=message_id,
            content=PartnerEmail(
                notification_id=NotificationId(message_id),
                to=partner.contact_email,
                subject=email.subject,
                text=email.text,
                html=email.html,
                notice=notice,
            ),
            created_at=at,
            deliver_at=at,
        )
