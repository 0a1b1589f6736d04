"""Getting committed messages to their queues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from offers.domain.due_task import DueTask
    from offers.domain.messages import Outcome
    from offers.domain.outbox import OutboxMessage, Topic


class MessageQueues(Protocol):
    """The queues behind the topics; they may deliver twice, late or out of order."""

    def send(self, messages: Sequence[OutboxMessage]) -> Mapping[OutboxMessage, str]:
        """Send each to its topic's queue, delayed until its ``deliver_at`` (at most 900 s).

        Returns the messages that were not accepted, each with why. Never raises.
        """

    def backlog(self, topic: Topic) -> int | None:
        """About how many messages wait; None when the queue cannot say."""


class OutcomeReports(Protocol):
    """The way back for functions that have no database."""

    def report(self, outcome: Outcome) -> None:
        """Queue it for ``record_outcomes``; raises if the queue did not take it."""


class LifecycleQueue(Protocol):
    """The queue between the sweeps and the workers; may deliver twice, late or out of order."""

    def send(self, tasks: Sequence[DueTask]) -> int:
        """How many were not accepted: the next sweep finds them again. Never raises."""

    def backlog(self) -> int | None:
        """About how many messages wait; None when the queue cannot say."""
