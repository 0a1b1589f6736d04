"""Pay into an account, or correct it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.account import EntryKind, Movement
from offers.domain.audit import AuditAction, Change
from offers.domain.errors.ledger import AlreadyCredited
from offers.domain.errors.money import InvalidMoney
from offers.domain.ids import AuditEventId, LedgerEntryId
from offers.domain.money import Money
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offers.domain.account import Account, LedgerEntry
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


@dataclass(frozen=True, slots=True)
class CreditMoved:
    """The ledger entry; ``is_replay`` if an earlier request with the same key made it."""

    entry: LedgerEntry
    is_replay: bool = False


@dataclass(frozen=True)
class MoveCredit:
    """One ledger entry and one audit event, in one commit; also for who was deactivated, since a
    balance may have to be paid out.
    """

    unit_of_work: UnitOfWork
    reading: Reading
    clock: Clock
    new_id: NewId

    def __call__(
        self, admin_id: UserId, user_id: UserId, order: CreditOrder, key: IdempotencyKey | None
    ) -> CreditMoved:
        """On a user's account.

        Raises NotPermitted, UserNotFound, AlreadyCredited (with the entry that has the external
        reference), InvalidMoney, CurrencyMismatch, InsufficientBalance (an adjustment cannot
        overdraw), IdempotencyKeyReused, IdempotencyInProgress or StoreUnavailable; then nothing has
        changed.
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
    ) -> CreditMoved:
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
    ) -> CreditMoved:
        """Whoever comes second is told of the first, also if the two came at the same moment."""
        try:
            return self._move(admin_id, subject, lock, order, key)
        except AlreadyCredited:
            with self.reading() as store:
                first = store.accounts.credit_of(order.external_reference or "")
            raise AlreadyCredited(first) from None

    def _move(
        self,
        admin_id: UserId,
        subject: str,
        lock: Callable[[Work], Account],
        order: CreditOrder,
        key: IdempotencyKey | None,
    ) -> CreditMoved:
        entry_id, at = LedgerEntryId(self.new_id()), self.clock()
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            earlier = work.idempotency.claimed_before(key, entry_id, at)
            if earlier is not None:
                return CreditMoved(work.accounts.entry(LedgerEntryId(earlier)), is_replay=True)
            _require_new(work, order.external_reference)
            account = lock(work)
            moved, entry = _move(account, order, _cause(entry_id, at, admin.actor, order))
            work.accounts.move(moved, entry)
            change = _change(subject, account, entry)
            work.audit.add(admin.did(AuditEventId(self.new_id()), change, order.reason, at))
        return CreditMoved(entry)


def _require_new(work: Work, external_reference: str | None) -> None:
    """So that a repeated adjustment is not told that the balance is too low; what keeps the promise
    is the store's index.
    """
    if external_reference is not None and work.accounts.credit_of(external_reference):
        raise AlreadyCredited


def _cause(entry_id: LedgerEntryId, at: datetime, actor: str, order: CreditOrder) -> Movement:
    return Movement(entry_id, at, actor, order.reason, external_reference=order.external_reference)


def _change(subject: str, before: Account, entry: LedgerEntry) -> Change:
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
        },
    )


def _move(account: Account, order: CreditOrder, cause: Movement) -> tuple[Account, LedgerEntry]:
    amount = Money.of(order.amount, order.currency or account.balance.currency)
    is_positive = amount.amount_minor > 0
    if amount.amount_minor == 0 or (order.kind is EntryKind.TOP_UP and not is_positive):
        raise InvalidMoney(order.amount)
    if order.kind is EntryKind.TOP_UP:
        return account.top_up(amount, cause)
    return account.adjust(amount, cause)
