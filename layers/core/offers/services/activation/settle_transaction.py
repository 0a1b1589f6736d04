"""Record how a transaction ended: extend or refund, and announce it, in one commit."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.account import Movement
from offers.domain.audit import AuditAction, Change, Operator
from offers.domain.ids import AuditEventId, LedgerEntryId
from offers.domain.outcome import Activated, Refused
from offers.domain.subscription import SubscriptionStatus
from offers.domain.transaction import Failure, TransactionKind, TransactionStatus

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from offers.domain.account import Account
    from offers.domain.outbox import OutboxMessage
    from offers.domain.subscription import Subscription
    from offers.domain.transaction import Transaction
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.activation.announce_outcome import AnnounceOutcome
    from offers.services.outbox.dispatch_messages import DispatchMessages

logger = logging.getLogger(__name__)

SYSTEM = Operator("system")

Verdict = Activated | Refused
"""The definite outcomes."""


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
    status: TransactionStatusStore
    announce: AnnounceOutcome
    dispatch: DispatchMessages
    clock: Clock
    new_id: NewId

    def __call__(
        self,
        claimed: Transaction,
        verdict: Verdict,
        actor: str = "system",
        also: Callable[[Work, Transaction], None] | None = None,
    ) -> Settlement:
        """``also`` writes into the settling commit. Raises StoreUnavailable; then nothing has
        changed.
        """
        cause = Cause(actor, self.clock())
        messages: tuple[OutboxMessage, ...] = ()
        with self.unit_of_work() as work:
            account = work.accounts.lock(claimed.account_id)  # first in the order of locks
            current = work.transactions.lock(claimed.id)
            if current.status.is_terminal:
                settlement = self._settled_before(work, current, verdict, cause.at)
            elif isinstance(verdict, Refused) and current.version != claimed.version:
                settlement = Settlement(current)
            else:
                settled, messages = self._apply(work, account, current, verdict, cause)
                settlement = Settlement(settled, is_new=True)
                if also is not None:
                    also(work, settled)
        # Also when it was settled before: whoever did that may have died before saying so.
        self.status.publish(settlement.transaction)
        self.dispatch(messages)
        return settlement

    def _apply(
        self, work: Work, account: Account, current: Transaction, verdict: Verdict, cause: Cause
    ) -> tuple[Transaction, tuple[OutboxMessage, ...]]:
        subscription = work.subscriptions.lock(current.subscription_id)
        if isinstance(verdict, Activated):
            settled = current.succeed(verdict.reference, cause.at)
            changed = _started(subscription, settled, cause.at)
        else:
            settled = current.fail(Failure(verdict.code, verdict.reason), cause.at)
            changed = _not_started(subscription, cause.at)
            entry_id = LedgerEntryId(self.new_id())
            movement = Movement(entry_id, cause.at, cause.actor, verdict.code, settled.id)
            work.accounts.move(*account.refund(settled.amount, movement))
        work.transactions.save(settled)
        work.subscriptions.save(changed)
        return settled, self.announce(work, settled, changed, cause.at)

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


def _started(subscription: Subscription, settled: Transaction, at: datetime) -> Subscription:
    if settled.kind is TransactionKind.ACTIVATION:
        return subscription.activate(settled.duration_days, at)
    return subscription.extend(settled.duration_days, settled.amount, at, settled.created_at)


def _not_started(subscription: Subscription, at: datetime) -> Subscription:
    """A failed renewal leaves an active subscription as it was."""
    if subscription.status is SubscriptionStatus.PENDING:
        return subscription.fail(at)
    return subscription
