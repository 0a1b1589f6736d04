"""Send somebody a link by which they choose a password anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import NotificationId
from offers.domain.notification import Notice, Notification
from offers.domain.password_reset import LIFETIME, PasswordReset

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.outbox import OutboxMessage
    from offers.domain.user import User
    from offers.ports.ids import NewId, NewResetToken
    from offers.ports.store.work import Work
    from offers.services.notifications.notify_user import NotifyUser
    from offers.services.passwords.reset_links import ResetLinks


@dataclass(frozen=True)
class SendReset:
    """Inside a unit of work of the caller's. The token stands in the email and nowhere else."""

    notify: NotifyUser
    reset_links: ResetLinks
    new_reset_token: NewResetToken
    new_id: NewId

    def __call__(self, work: Work, user: User, at: datetime) -> tuple[OutboxMessage, ...]:
        """The message to dispatch after the commit; none to a deactivated user (ADR 0092)."""
        if not user.is_active:
            return ()
        token = self.new_reset_token()
        work.password_resets.add(PasswordReset.of(user.id, token, at))
        notification = Notification(
            id=NotificationId(self.new_id()),
            user_id=user.id,
            notice=Notice.PASSWORD_RESET,
            created_at=at,
        )
        minutes = LIFETIME.total_seconds() // 60
        facts = {"reset_url": self.reset_links.url(token), "minutes": int(minutes)}
        return self.notify(work, user, notification, facts)
