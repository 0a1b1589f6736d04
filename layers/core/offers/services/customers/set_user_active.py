"""Lock a user out, or let them in again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.changes import require_seen
from offers.domain.errors.customers import CannotDeactivateSelf
from offers.domain.ids import AuditEventId, SessionId
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.audit import Administrator
    from offers.domain.changes import SeenVersions
    from offers.domain.ids import UserId
    from offers.domain.user import User
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.users import UserView
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.sessions.deny_sessions import DenySessions


@dataclass(frozen=True)
class SetUserActive:
    """A deactivated user's sessions end at once, as by signing out; they cannot sign in, buy or
    change anything. Running subscriptions run on to their end (ADR 0092).

    One active administrator always stays: it takes one to deactivate another, nobody can deactivate
    themselves, and the lock lets two who try it on each other go one after the other.
    """

    unit_of_work: UnitOfWork
    deny_sessions: DenySessions
    clock: Clock
    new_id: NewId

    def __call__(
        self,
        admin_id: UserId,
        user_id: UserId,
        *,
        is_active: bool,
        seen: SeenVersions,
        reason: str,
    ) -> UserView:
        """Setting what is set already changes nothing. Raises NotPermitted, UserNotFound,
        StaleVersion, CannotDeactivateSelf or StoreUnavailable.
        """
        at, ended = self.clock(), tuple[SessionId, ...]()
        with self.unit_of_work() as work:
            work.users.lock_administrators()
            admin = administrator(work, admin_id)
            view = work.users.lock(user_id)
            require_seen(view.user.version, seen)
            if view.user.is_active == is_active:
                return view
            if not is_active:
                if user_id == admin.user_id:
                    raise CannotDeactivateSelf
                ended = work.sessions.revoke_all(user_id, at)
            user = replace(view.user, is_active=is_active, version=view.user.version + 1)
            work.users.save_active(user)
            self._record(work, admin, user, reason, at)
        self.deny_sessions(ended)
        return replace(view, user=user)

    def _record(
        self, work: Work, admin: Administrator, user: User, reason: str, at: datetime
    ) -> None:
        change = Change(
            AuditAction.USER_CHANGED,
            f"user:{user.id}",
            before={"active": not user.is_active},
            after={"active": user.is_active},
        )
        work.audit.add(admin.did(AuditEventId(self.new_id()), change, reason, at))
