"""Messages announced by a change and written in the same commit, so that none is ever lost."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.messages import ActivationRequested, RenderedEmail, WebhookCall, WebhookDue

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import OutboxMessageId, TransactionId
    from offers.domain.messages import Outgoing


class Topic(StrEnum):
    """Which queue a message is for."""

    ACTIVATION = "activation"
    NOTIFICATION = "notification"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """``deliver_at`` is when the receiver should see it.

    Its identity makes it the same message, whatever is added to its content when it is sent.
    """

    id: OutboxMessageId
    content: Outgoing = field(compare=False)
    created_at: datetime
    deliver_at: datetime
    transaction_id: TransactionId | None = None
    attempts: int = 0

    @property
    def topic(self) -> Topic:
        """What it says decides where it goes."""
        match self.content:
            case ActivationRequested():
                return Topic.ACTIVATION
            case RenderedEmail():
                return Topic.NOTIFICATION
            case WebhookDue() | WebhookCall():
                return Topic.WEBHOOK
