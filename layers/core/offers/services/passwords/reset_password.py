"""Choose a password anew, by the link in an email."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change, Operator
from offers.domain.errors.sessions import ResetLinkInvalid
from offers.domain.ids import AuditEventId
from offers.domain.password import require_acceptable
from offers.domain.password_reset import hash_of
from offers.domain.sign_in import SignInAttempt, network_of

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SessionId
    from offers.domain.user import User
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.login_throttle import LoginThrottle
    from offers.ports.outside.passwords import Passwords
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.sessions.deny_sessions import DenySessions


@dataclass(frozen=True)
class ResetPassword:
    """The link works once, and ends all sessions of the user: whoever opened them may not be the
    one who reads the email.
    """

    unit_of_work: UnitOfWork
    throttle: LoginThrottle
    passwords: Passwords
    deny_sessions: DenySessions
    clock: Clock
    new_id: NewId

    def __call__(self, token: str, wanted: str, address: str) -> None:
        """After PasswordNotAccepted the link still works. Raises ResetLinkInvalid too, and
        StoreUnavailable.
        """
        at = self.clock()
        with self.unit_of_work() as work:
            user = work.users.lock(work.password_resets.take(hash_of(token), at)).user
            if not user.is_active:
                raise ResetLinkInvalid
            require_acceptable(wanted, user, self.passwords.is_common)
            ended = self._change(work, user, wanted, at)
        self.deny_sessions(ended)
        # Guesses of strangers must not keep out whoever has just shown that the address is theirs.
        self.throttle.clear(SignInAttempt(user.sign_in_name, network_of(address), False))  # noqa: FBT003  # a place not known

    def _change(self, work: Work, user: User, wanted: str, at: datetime) -> tuple[SessionId, ...]:
        ended = work.sessions.revoke_all(user.id, at)
        work.users.change_password(user.id, self.passwords.hash(wanted), user.version + 1)
        work.password_resets.discard_all(user.id)
        change = Change(AuditAction.PASSWORD_CHANGED, f"user:{user.id}")
        themselves = Operator(f"user:{user.id}")
        work.audit.add(themselves.did(AuditEventId(self.new_id()), change, "Reset by email", at))
        return ended
