"""Register somebody who can sign in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from offers.domain.account import Account
from offers.domain.audit import AuditAction, Change
from offers.domain.ids import AccountId, AuditEventId, UserId
from offers.domain.money import Money
from offers.domain.password import require_acceptable
from offers.domain.user import User
from offers.ports.store.users import UserView
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.audit import Operator
    from offers.domain.user import Role
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId, NewToken
    from offers.ports.outside.passwords import Passwords
    from offers.ports.store.work import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class NewUser:
    """What a new user is made of; ``currency`` is that of the account."""

    username: str
    email: str
    first_name: str
    last_name: str
    locale: str
    time_zone: str
    role: Role
    currency: str


@dataclass(frozen=True)
class CreateUser:
    """The user and an empty account, in one commit; only a hash of the password is kept."""

    unit_of_work: UnitOfWork
    passwords: Passwords
    clock: Clock
    new_id: NewId
    new_token: NewToken

    def __call__(self, admin_id: UserId, new: NewUser, password: str, reason: str) -> UserView:
        """Raises NotPermitted, UsernameTaken, PasswordNotAccepted or StoreUnavailable."""
        view = self.prepare(new, self.passwords.hash(password))
        require_acceptable(password, view.user, self.passwords.is_common)
        with self.unit_of_work() as work:
            self.store(work, administrator(work, admin_id), view, reason)
        return view

    def prepare(self, new: NewUser, password_hash: str) -> UserView:
        """The user and the account as they will be stored."""
        at = self.clock()
        nothing = Money.of("0", new.currency)
        user = User(
            id=UserId(self.new_id()),
            username=new.username,
            email=new.email,
            first_name=new.first_name,
            last_name=new.last_name,
            locale=new.locale,
            time_zone=new.time_zone,
            role=new.role,
            password_hash=password_hash,
            is_active=True,
            created_at=at,
            unsubscribe_token=self.new_token(),
        )
        account = Account(AccountId(self.new_id()), user.id, None, nothing, nothing, at)
        return UserView(user, account)

    def store(self, work: Work, operator: Operator, view: UserView, reason: str) -> None:
        """Inside a unit of work of the caller's."""
        work.users.add(view.user, view.account)
        subject = f"user:{view.user.id}"
        change = Change(AuditAction.USER_CREATED, subject, after=_facts(view))
        at: datetime = view.user.created_at
        work.audit.add(operator.did(AuditEventId(self.new_id()), change, reason, at))


def _facts(view: UserView) -> dict[str, Any]:
    """What the audit log keeps: nothing secret, and no more about a person than needed."""
    user = view.user
    return {
        "username": user.username,
        "role": user.role,
        "active": user.is_active,
        "currency": view.account.balance.currency,
    }
