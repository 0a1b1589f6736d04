"""Choose another password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change, Operator
from offers.domain.errors.sessions import WrongPassword
from offers.domain.ids import AuditEventId
from offers.domain.password import require_acceptable
from offers.domain.sign_in import PasswordAttempt

if TYPE_CHECKING:
    from offers.domain.user import User
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.login_throttle import LoginThrottle
    from offers.ports.outside.passwords import Passwords
    from offers.ports.outside.tokens import AccessClaims
    from offers.ports.store.work import Reading, UnitOfWork
    from offers.services.sessions.deny_sessions import DenySessions


@dataclass(frozen=True)
class ChangePassword:
    """Needs the current password, and ends the user's other sessions: whoever opened them knew the
    old one.
    """

    unit_of_work: UnitOfWork
    reading: Reading
    throttle: LoginThrottle
    passwords: Passwords
    deny_sessions: DenySessions
    clock: Clock
    new_id: NewId

    def __call__(self, claims: AccessClaims, current: str, wanted: str) -> None:
        """Raises WrongPassword, TooManyAttempts, PasswordNotAccepted or StoreUnavailable."""
        with self.reading() as store:
            user = store.users.get(claims.user_id)
        self._verify(user, current)
        require_acceptable(wanted, user, self.passwords.is_common)
        hashed, at = self.passwords.hash(wanted), self.clock()
        with self.unit_of_work() as work:
            # Held, so that a sign-in with the old password is either ended here or refused.
            if work.users.lock(user.id).user.version != user.version:
                raise WrongPassword
            ended = work.sessions.revoke_all(user.id, at, but=claims.session_id)
            work.users.change_password(user.id, hashed, user.version + 1)
            change = Change(AuditAction.PASSWORD_CHANGED, f"user:{user.id}")
            themselves = Operator(f"user:{user.id}")
            work.audit.add(themselves.did(AuditEventId(self.new_id()), change, "Changed", at))
        self.deny_sessions(ended)

    def _verify(self, user: User, password: str) -> None:
        attempt = PasswordAttempt(user.id)
        self.throttle.admit(attempt)
        if not (self.passwords.verify(password, user.password_hash) and user.is_active):
            raise WrongPassword
        self.throttle.clear(attempt)
