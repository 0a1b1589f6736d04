"""What happens to messages between the outbox and their queues."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from offers.domain.outbox import OutboxMessage


@dataclass(frozen=True, slots=True)
class Prepared:
    """``ready`` are to be sent as they now are; ``refused`` cannot be sent now, each with why. What
    is in neither is no longer wanted and counts as sent.
    """

    ready: Sequence[OutboxMessage]
    refused: Mapping[OutboxMessage, str] = field(default_factory=dict)


class Prepare(Protocol):
    """Makes messages ready at the moment they are sent."""

    def __call__(self, messages: Sequence[OutboxMessage]) -> Prepared:
        """Never raises what a store or a key ring raises: those messages are refused."""
