"""Messages that must reach a queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.outbox import OutboxMessage


class Outbox(Protocol):
    """Written in the commit of what they announce, deleted once a queue has them."""

    def add(self, message: OutboxMessage) -> None:
        """Store it in the same commit as the change that it announces."""

    def take_due(self, at: datetime, limit: int, until: datetime) -> tuple[OutboxMessage, ...]:
        """Due messages, oldest first, each with one more attempt counted, and not due again before
        ``until``.

        One statement, so that no lock outlives it; rows that another relay is taking are skipped.
        """

    def delete(self, messages: tuple[OutboxMessage, ...]) -> None:
        """They are in their queues now."""

    def postpone(self, message: OutboxMessage, until: datetime, error: str) -> None:
        """It could not be sent: say why, and try again at ``until``."""
