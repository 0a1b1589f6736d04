"""Make the first administrator of a stage, or another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import Operator

if TYPE_CHECKING:
    from offers.ports.store.users import UserView
    from offers.ports.store.work import UnitOfWork
    from offers.services.customers.create_user import CreateUser, NewUser

OPERATOR = Operator("operator")
"""Whoever may invoke the function; IAM and CloudTrail know who that was."""


@dataclass(frozen=True)
class CreateAdministrator:
    """For operators with access to the account, when nobody can sign in yet."""

    unit_of_work: UnitOfWork
    create_user: CreateUser

    def __call__(self, new: NewUser, password_hash: str, reason: str) -> UserView:
        """Raises UsernameTaken or StoreUnavailable."""
        view = self.create_user.prepare(new, password_hash)
        with self.unit_of_work() as work:
            self.create_user.store(work, OPERATOR, view, reason)
        return view
