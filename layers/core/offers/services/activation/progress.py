"""What one look at a transaction led to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.transaction import TransactionStatus

if TYPE_CHECKING:
    from offers.domain.transaction import Transaction
    from offers.services.activation.settle_transaction import Settlement


class Progress(StrEnum):
    """Also the dimension of the metric that counts them."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    SETTLED_BEFORE = "settled_before"
    SUPERSEDED = "superseded"
    CONTRADICTED = "contradicted"
    POSTPONED = "postponed"
    UNKNOWN = "unknown"
    LEASED = "leased"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class Step:
    """``retry_after_seconds`` set: deliver the message again after that; None: it is done with."""

    progress: Progress
    transaction: Transaction | None = None
    retry_after_seconds: int | None = None


def step_of(settlement: Settlement) -> Step:
    """The step that a settlement was."""
    transaction = settlement.transaction
    if settlement.is_contradicted:
        return Step(Progress.CONTRADICTED, transaction)
    if not settlement.is_new:
        is_terminal = transaction.status.is_terminal
        return Step(Progress.SETTLED_BEFORE if is_terminal else Progress.SUPERSEDED, transaction)
    succeeded = transaction.status is TransactionStatus.SUCCESS
    return Step(Progress.SUCCEEDED if succeeded else Progress.FAILED, transaction)
