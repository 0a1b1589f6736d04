"""Messages announced by a change and written in the same commit, so that none is ever lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from offers.domain.ids import OutboxMessageId, TransactionId


class Topic(StrEnum):
    """Which queue a message is for."""

    ACTIVATION = "activation"
    NOTIFICATION = "notification"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """``deliver_at`` is when the receiver should see it; ``payload`` is JSON."""

    id: OutboxMessageId
    topic: Topic
    payload: Mapping[str, Any] = field(hash=False)  # a message is hashed by its identity
    created_at: datetime
    deliver_at: datetime
    transaction_id: TransactionId | None = None
    attempts: int = 0
