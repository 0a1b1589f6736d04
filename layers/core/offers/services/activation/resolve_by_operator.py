"""Settle a transaction whose outcome only a person could find out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from offers.domain.audit import AuditAction, Change
from offers.domain.errors.activation import TransactionAlreadySettled, TransactionLeased
from offers.domain.ids import AuditEventId
from offers.domain.outcome import Activated
from offers.domain.transaction import NO_TIME, TransactionStatus
from offers.domain.waiting import STANDSTILL
from offers.services.activation.resolve_transaction import NOT_ACTIVATED
from offers.services.activation.settle_transaction import Settlement
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.audit import Administrator
    from offers.domain.ending import Verdict
    from offers.domain.ids import TransactionId, UserId
    from offers.domain.transaction import Transaction
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.store.work import Reading, Work
    from offers.services.activation.claim_transaction import Claimed, ClaimTransaction
    from offers.services.activation.settle_transaction import SettleTransaction


class OperatorOutcome(StrEnum):
    """What an operator found out at the provisioning system."""

    ACTIVATED = "activated"
    NOT_ACTIVATED = "not_activated"


_STATUS = {
    OperatorOutcome.ACTIVATED: TransactionStatus.SUCCESS,
    OperatorOutcome.NOT_ACTIVATED: TransactionStatus.FAILED,
}


@dataclass(frozen=True, slots=True)
class OperatorVerdict:
    """``reference`` is the provisioning system's own, if the operator knows it."""

    outcome: OperatorOutcome
    reason: str
    reference: str | None = None


@dataclass(frozen=True)
class ResolveByOperator:
    """Claims and settles as a worker does, so every promise about money holds; the audit event is
    in the settling commit. The same verdict again is answered with the same transaction.
    """

    reading: Reading
    claim: ClaimTransaction
    settle: SettleTransaction
    clock: Clock
    new_id: NewId

    def __call__(
        self, admin_id: UserId, transaction_id: TransactionId, verdict: OperatorVerdict
    ) -> Settlement:
        """Raises NotPermitted, TransactionNotFound, TransactionLeased (it is neither flagged nor
        stuck), TransactionAlreadySettled (the other way) or StoreUnavailable.
        """
        with self.reading() as store:
            admin = administrator(store, admin_id)
            found = store.transactions.get(transaction_id)
        try:
            claimed = self._claimed(found)
        except TransactionAlreadySettled:
            with self.reading() as store:
                settled = store.transactions.get(transaction_id)
            return Settlement(_same_way(settled, verdict))
        settlement = self.settle(
            claimed,
            _verdict_of(verdict, admin),
            admin.actor,
            also=lambda work, settled: self._record(work, admin, settled, verdict),
        )
        if settlement.is_new:
            return settlement
        return Settlement(_same_way(settlement.transaction, verdict))

    def _claimed(self, found: Transaction) -> Claimed:
        quiet = NO_TIME if found.attention_required else STANDSTILL
        return self.claim(found.id, quiet)

    def _record(
        self, work: Work, admin: Administrator, settled: Transaction, verdict: OperatorVerdict
    ) -> None:
        change = Change(
            AuditAction.TRANSACTION_RESOLVED,
            f"transaction:{settled.id}",
            before={"status": TransactionStatus.PROCESSING},
            after=_facts(settled, verdict),
        )
        event = admin.did(AuditEventId(self.new_id()), change, verdict.reason, self.clock())
        work.audit.add(event)


def _verdict_of(verdict: OperatorVerdict, admin: Administrator) -> Verdict:
    if verdict.outcome is OperatorOutcome.ACTIVATED:
        return Activated(verdict.reference or admin.actor)
    return NOT_ACTIVATED


def _same_way(transaction: Transaction, verdict: OperatorVerdict) -> Transaction:
    if not transaction.status.is_terminal:  # somebody claimed it between our two looks
        raise TransactionLeased(transaction.id, transaction.lease_until or transaction.updated_at)
    if transaction.status is not _STATUS[verdict.outcome]:
        raise TransactionAlreadySettled(transaction.id, transaction.status)
    return transaction


def _facts(settled: Transaction, verdict: OperatorVerdict) -> dict[str, Any]:
    return {
        "status": settled.status,
        "outcome": verdict.outcome,
        "reference": verdict.reference,
        "amount": settled.amount.amount,
        "currency": settled.amount.currency,
    }
