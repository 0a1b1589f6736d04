"""Pay into an account, or correct it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.account import EntryKind, Movement
from offers.domain.audit import AuditAction, Change
from offers.domain.credit import OPEN_FOR, CreditRequest
from offers.domain.errors.ledger import AlreadyCredited, CreditRequested
from offers.domain.errors.money import InvalidMoney
from offers.domain.ids import AuditEventId, CreditRequestId, LedgerEntryId
from offers.domain.money import Money
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from offers.domain.account import Account, LedgerEntry
    from offers.domain.credit import FourEyes
    from offers.domain.idempotency import IdempotencyKey
    from offers.domain.ids import PartnerId, UserId
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import Reading, UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class CreditOrder:
    """``amount`` is a decimal string; without a currency it is in the account's.

    ``external_reference`` is what the payment is called outside (``domain.credit``): the ledger
    takes it once, for ever.
    """

    kind: EntryKind
    amount: str
    currency: str | None
    reason: str
    external_reference: str | None = None

    def amount_in(self, account: Account) -> Money:
        """Raises InvalidMoney for nothing, and for a top-up below it."""
        amount = Money.of(self.amount, self.currency or account.balance.currency)
        is_positive = amount.amount_minor > 0
        if amount.amount_minor == 0 or (self.kind is EntryKind.TOP_UP and not is_positive):
            raise InvalidMoney(self.amount)
        return amount


@dataclass(frozen=True, slots=True)
class CreditMoved:
    """The ledger entry; ``is_replay`` if an earlier request with the same key made it."""

    entry: LedgerEntry
    is_replay: bool = False


@dataclass(frozen=True, slots=True)
class CreditWaits:
    """Nothing has moved: a second administrator must agree."""

    request: CreditRequest
    is_replay: bool = False


@dataclass(frozen=True)
class MoveCredit:
    """One ledger entry and one audit event, in one commit; also for who was deactivated, since a
    balance may have to be paid out. What ``four_eyes`` are needed for waits.
    """

    unit_of_work: UnitOfWork
    reading: Reading
    clock: Clock
    new_id: NewId
    four_eyes: FourEyes

    def __call__(
        self, admin_id: UserId, user_id: UserId, order: CreditOrder, key: IdempotencyKey | None
    ) -> CreditMoved | CreditWaits:
        """On a user's account.

        Raises NotPermitted, UserNotFound, AlreadyCredited (with the entry that has the external
        reference), CreditRequested (with what waits under it), InvalidMoney, CurrencyMismatch,
        InsufficientBalance (an adjustment cannot overdraw), IdempotencyKeyReused,
        IdempotencyInProgress or StoreUnavailable; then nothing has changed.
        """

        def lock(work: Work) -> Account:
            return work.accounts.lock(work.accounts.of_user(user_id).id)

        return self._once(admin_id, f"user:{user_id}", lock, order, key)

    def of_partner(
        self,
        admin_id: UserId,
        partner_id: PartnerId,
        order: CreditOrder,
        key: IdempotencyKey | None,
    ) -> CreditMoved | CreditWaits:
        """On a partner's account: a top-up is what the partner paid of its debt.

        Raises PartnerNotFound, and else what a user's does.
        """

        def lock(work: Work) -> Account:
            return work.partners.lock_account(partner_id)

        return self._once(admin_id, f"partner:{partner_id}", lock, order, key)

    def _once(
        self,
        admin_id: UserId,
        subject: str,
        lock: Callable[[Work], Account],
        order: CreditOrder,
        key: IdempotencyKey | None,
    ) -> CreditMoved | CreditWaits:
        """Whoever comes second is told of the first, also if the two came at the same moment."""
        try:
            return self._move(admin_id, subject, lock, order, key)
        except AlreadyCredited:
            with self.reading() as store:
                first = store.accounts.credit_of(order.external_reference or "")
            raise AlreadyCredited(first) from None
        except CreditRequested:
            with self.reading() as store:
                under = order.external_reference or ""
                request = store.credits.pending_under(under, self.clock())
            raise CreditRequested(request) from None

    def _move(
        self,
        admin_id: UserId,
        subject: str,
        lock: Callable[[Work], Account],
        order: CreditOrder,
        key: IdempotencyKey | None,
    ) -> CreditMoved | CreditWaits:
        new_id, at = self.new_id(), self.clock()
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            earlier = work.idempotency.claimed_before(key, new_id, at)
            if earlier is not None:
                return _replayed(work, earlier)
            _require_new(work, order.external_reference, at)
            account = lock(work)
            cause = _cause(LedgerEntryId(new_id), at, admin.actor, order)
            amount = order.amount_in(account)
            moved, entry = account.credit(order.kind, amount, cause)
            if self.four_eyes.apply_to(account, amount, admin_id):
                request = _request(CreditRequestId(new_id), account, amount, order, admin_id, at)
                work.credits.expire(at)
                work.credits.add(request)
                change = _asked(request)
            else:
                request = None
                work.accounts.move(moved, entry)
                change = credit_change(subject, account, entry)
            work.audit.add(admin.did(AuditEventId(self.new_id()), change, order.reason, at))
            if request is not None:
                request = work.credits.find(request.id) or request  # with names
        return CreditMoved(entry) if request is None else CreditWaits(request)


def _replayed(work: Work, earlier: UUID) -> CreditMoved | CreditWaits:
    request = work.credits.find(earlier)
    if request is not None:
        return CreditWaits(request, is_replay=True)
    return CreditMoved(work.accounts.entry(LedgerEntryId(earlier)), is_replay=True)


def _require_new(work: Work, external_reference: str | None, at: datetime) -> None:
    """So that a repeated adjustment is not told that the balance is too low; what keeps the promise
    is the store's index.
    """
    if external_reference is None:
        return
    if work.accounts.credit_of(external_reference):
        raise AlreadyCredited
    if work.credits.pending_under(external_reference, at):
        raise CreditRequested


def _cause(entry_id: LedgerEntryId, at: datetime, actor: str, order: CreditOrder) -> Movement:
    return Movement(entry_id, at, actor, order.reason, external_reference=order.external_reference)


def _request(
    request_id: CreditRequestId,
    account: Account,
    amount: Money,
    order: CreditOrder,
    admin_id: UserId,
    at: datetime,
) -> CreditRequest:
    return CreditRequest(
        id=request_id,
        account_id=account.id,
        user_id=account.user_id,
        partner_id=account.partner_id,
        kind=order.kind,
        amount=amount,
        external_reference=order.external_reference,
        reason=order.reason,
        requested_by=admin_id,
        created_at=at,
        expires_at=at + OPEN_FOR,
    )


def _asked(request: CreditRequest) -> Change:
    return Change(
        AuditAction.CREDIT_REQUESTED,
        request.subject,
        after={
            "amount": request.amount.amount,
            "currency": request.amount.currency,
            "credit_id": str(request.id),
            "external_reference": request.external_reference,
            "kind": request.kind,
        },
    )


def credit_change(subject: str, before: Account, entry: LedgerEntry, **more: str) -> Change:
    """What the audit log tells of a credit."""
    return Change(
        AuditAction.CREDIT_MOVED,
        subject,
        before={"balance": before.balance.amount},
        after={
            "balance": entry.balance_after.amount,
            "currency": entry.amount.currency,
            "entry_id": str(entry.id),
            "external_reference": entry.external_reference,
            "kind": entry.kind,
            **more,
        },
    )
