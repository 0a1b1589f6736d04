"""Record how a transaction ended: extend or refund, and announce it, in one commit."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.account import Movement
from offers.domain.audit import AuditAction, Change, Operator
from offers.domain.ending import ending_of
from offers.domain.ids import AuditEventId, LedgerEntryId
from offers.domain.outcome import Activated, Refused
from offers.domain.transaction import TransactionStatus
from offers.services.activation.announce_outcome import Audience

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offers.domain.account import Account
    from offers.domain.ending import Verdict
    from offers.domain.outbox import OutboxMessage
    from offers.domain.transaction import Transaction
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.work import Reading, UnitOfWork, Work
    from offers.services.activation.announce_outcome import Announcement, AnnounceOutcome
    from offers.services.activation.claim_transaction import Claimed
    from offers.services.outbox.dispatch_messages import DispatchMessages

logger = logging.getLogger(__name__)

SYSTEM = Operator("system")


@dataclass(frozen=True, slots=True)
class Cause:
    """Who settles, and when."""

    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settlement:
    """The transaction as it now is.

    ``is_new`` if this call settled it; ``is_contradicted`` if it had failed, and was refunded, but
    the provisioning system now says that the service is active: a person must look.
    """

    transaction: Transaction
    is_new: bool = False
    is_contradicted: bool = False


@dataclass(frozen=True)
class SettleTransaction:
    """Apply a definite verdict to a claimed transaction.

    Success is honoured whoever holds the claim. A refund needs the claim that the verdict was
    reached under: if the transaction has changed since, whoever changed it decides.
    """

    unit_of_work: UnitOfWork
    reading: Reading
    status: TransactionStatusStore
    announce: AnnounceOutcome
    dispatch: DispatchMessages
    clock: Clock
    new_id: NewId

    def __call__(
        self,
        claim: Claimed,
        verdict: Verdict,
        actor: str = "system",
        also: Callable[[Work, Transaction], None] | None = None,
    ) -> Settlement:
        """``also`` writes into the settling commit. Raises StoreUnavailable; then nothing has
        changed.
        """
        cause, claimed = Cause(actor, self.clock()), claim.transaction
        foreseen = self._foresee(claim, verdict, cause)
        messages: tuple[OutboxMessage, ...] = ()
        with self.unit_of_work() as work:
            account = work.accounts.lock(claimed.account_id)  # first in the order of locks
            current = work.transactions.lock(claimed.id)
            if current.status.is_terminal:
                settlement = self._settled_before(work, current, verdict, cause.at)
            elif isinstance(verdict, Refused) and current.version != claimed.version:
                settlement = Settlement(current)
            else:
                announced = self._apply(work, account, current, verdict, cause, foreseen)
                settled, messages = announced.ending.transaction, announced.messages
                settlement = Settlement(settled, is_new=True)
                if also is not None:
                    also(work, settled)
        # Also when it was settled before: whoever did that may have died before saying so.
        self.status.publish(settlement.transaction)
        self.dispatch(messages)
        return settlement

    def _foresee(self, claim: Claimed, verdict: Verdict, cause: Cause) -> Announcement:
        """What is to be told if nothing changes meanwhile, put into words while nothing is held: a
        partner's account is shared by all its orders.
        """
        claimed = claim.transaction
        partner_id = claimed.partner_id
        with self.reading() as store:
            subscription = store.subscriptions.get(claimed.subscription_id)
            audience = Audience(
                user=store.users.get(claimed.user_id),
                offer=claim.offer,
                partner=None if partner_id is None else store.partners.get(partner_id),
                balance=store.accounts.of_user(claimed.user_id).balance,
            )
        ending = ending_of(claimed, subscription, audience.balance, verdict, cause.at)
        return self.announce(audience, ending, cause.at)

    def _apply(
        self,
        work: Work,
        account: Account,
        current: Transaction,
        verdict: Verdict,
        cause: Cause,
        foreseen: Announcement,
    ) -> Announcement:
        subscription = work.subscriptions.lock(current.subscription_id)
        balance = account.balance if account.user_id else foreseen.audience.balance
        ending = ending_of(current, subscription, balance, verdict, cause.at)
        if isinstance(verdict, Refused):
            entry_id = LedgerEntryId(self.new_id())
            movement = Movement(entry_id, cause.at, cause.actor, verdict.code, current.id)
            work.accounts.move(*account.refund(current.amount, movement))
        work.transactions.save(ending.transaction)
        work.subscriptions.save(ending.subscription)
        told = foreseen
        if foreseen.ending != ending:
            told = self.announce(foreseen.audience, ending, cause.at)
        told.store(work)
        return told

    def _settled_before(
        self, work: Work, current: Transaction, verdict: Verdict, at: datetime
    ) -> Settlement:
        if current.status is not TransactionStatus.FAILED or not isinstance(verdict, Activated):
            return Settlement(current)
        logger.error("active outside, but refunded", extra={"transaction_id": str(current.id)})
        change = Change(
            AuditAction.TRANSACTION_CONTRADICTED,
            f"transaction:{current.id}",
            before={"status": current.status},
            after={"provisioning_reference": verdict.reference},
        )
        event_id = AuditEventId(self.new_id())
        work.audit.add(SYSTEM.did(event_id, change, "active outside, but refunded", at))
        return Settlement(current, is_contradicted=True)
