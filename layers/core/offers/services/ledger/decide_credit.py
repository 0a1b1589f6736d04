"""Approve or reject what another administrator wants to credit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.account import Movement
from offers.domain.audit import AuditAction, Change
from offers.domain.credit import CreditStatus
from offers.domain.errors.ledger import AlreadyCredited, CreditRequestNotFound
from offers.domain.ids import AuditEventId, LedgerEntryId
from offers.services.administration.administrators import administrator
from offers.services.ledger.move_credit import credit_change

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.account import Account
    from offers.domain.credit import CreditRequest
    from offers.domain.ids import CreditRequestId, UserId
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class CreditVerdict:
    """What was decided, and why."""

    is_approved: bool
    reason: str

    @property
    def status(self) -> CreditStatus:
        """What the request becomes."""
        return CreditStatus.APPROVED if self.is_approved else CreditStatus.REJECTED


@dataclass(frozen=True)
class DecideCredit:
    """Checked, moved and audited with both names in one commit, holding account and request."""

    unit_of_work: UnitOfWork
    clock: Clock
    new_id: NewId

    def __call__(
        self, admin_id: UserId, request_id: CreditRequestId, verdict: CreditVerdict
    ) -> CreditRequest:
        """The request as it is then; the same decision of the same person again changes nothing.

        Raises NotPermitted, CreditRequestNotFound, CreditRequestSettled, SecondAdministratorNeeded,
        AlreadyCredited, InsufficientBalance or StoreUnavailable; then nothing has changed.
        """
        now = self.clock()
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            seen = work.credits.find(request_id)
            if seen is None:
                raise CreditRequestNotFound
            account = work.accounts.lock(seen.account_id)
            request = work.credits.lock(request_id)
            if (request.decided_by, request.status) == (admin_id, verdict.status):
                return request
            decided = self._decided(request, admin_id, verdict, now)
            change = _moved(work, account, decided, now)
            work.credits.decide(decided)
            work.audit.add(admin.did(AuditEventId(self.new_id()), change, verdict.reason, now))
            return work.credits.find(request_id) or decided  # with names

    def _decided(
        self, request: CreditRequest, admin_id: UserId, verdict: CreditVerdict, now: datetime
    ) -> CreditRequest:
        if not verdict.is_approved:
            return request.reject(admin_id, verdict.reason, now)
        entry_id = LedgerEntryId(self.new_id())
        return request.approve(admin_id, verdict.reason, entry_id, now)


def _moved(work: Work, account: Account, decided: CreditRequest, now: datetime) -> Change:
    """The ledger names who asked for it; the audit log both."""
    both = {
        "credit_id": str(decided.id),
        "requested_by": f"admin:{decided.requested_by}",
        "decided_by": f"admin:{decided.decided_by}",
    }
    if decided.entry_id is None:
        return Change(AuditAction.CREDIT_REJECTED, decided.subject, after=both)
    reference = decided.external_reference
    if reference is not None and (first := work.accounts.credit_of(reference)):
        raise AlreadyCredited(first)
    cause = Movement(
        decided.entry_id,
        now,
        f"admin:{decided.requested_by}",
        decided.reason,
        external_reference=reference,
    )
    moved, entry = account.credit(decided.kind, decided.amount, cause)
    work.accounts.move(moved, entry)
    return credit_change(decided.subject, account, entry, **both)
