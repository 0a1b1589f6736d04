"""What the schedules find to do about subscriptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from offers.domain.ids import SubscriptionId


class Task(StrEnum):
    """What a message to the lifecycle workers asks to look at."""

    REMIND = "remind"
    RENEW = "renew"
    EXPIRE = "expire"
    DEACTIVATE = "deactivate"


class SubscriptionStep(StrEnum):
    """What one look led to; also the dimension of the metric that counts them."""

    NOTHING_DUE = "nothing_due"
    REMINDED = "reminded"
    RENEWING = "renewing"
    UNPAID = "unpaid"
    NOT_RENEWABLE = "not_renewable"
    EXPIRED = "expired"
    DEACTIVATED = "deactivated"
    SUPERSEDED = "superseded"
    POSTPONED = "postponed"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class DueTask:
    """Names what is to be looked at and carries no truth of its own."""

    kind: ClassVar = "subscription_task"

    task: Task
    subscription_id: SubscriptionId
