"""What came of one look at a subscription."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.due_task import SubscriptionStep
    from offers.domain.transaction import Transaction


@dataclass(frozen=True, slots=True)
class StepTaken:
    """``transaction`` if one was opened: only a renewal opens one."""

    step: SubscriptionStep
    transaction: Transaction | None = None
