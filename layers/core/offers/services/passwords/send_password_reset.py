"""An administrator sends a user a link to choose a password anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.ids import AuditEventId
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.ids import UserId
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import UnitOfWork
    from offers.services.outbox.dispatch_messages import DispatchMessages
    from offers.services.passwords.send_reset import SendReset


@dataclass(frozen=True)
class SendPasswordReset:
    """The password stays until they have chosen; the administrator never learns either."""

    unit_of_work: UnitOfWork
    send_reset: SendReset
    dispatch: DispatchMessages
    clock: Clock
    new_id: NewId

    def __call__(self, admin_id: UserId, user_id: UserId, reason: str) -> None:
        """Nothing is sent to a deactivated user. Raises NotPermitted, UserNotFound or
        StoreUnavailable.
        """
        at = self.clock()
        change = Change(AuditAction.PASSWORD_RESET_SENT, f"user:{user_id}")
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            messages = self.send_reset(work, work.users.get(user_id), at)
            work.audit.add(admin.did(AuditEventId(self.new_id()), change, reason, at))
        self.dispatch(messages)
