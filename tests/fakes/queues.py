"""Ports MessageQueues and OutcomeReports in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from offers.domain.ids import OutboxMessageId
    from offers.domain.messages import Outcome
    from offers.domain.outbox import OutboxMessage, Topic


class QueueAway(Exception):
    """What the fake raises where the port lets errors through."""


class FakeQueues:
    """Keeps what was sent, in order. ``refused`` holds ids that are not accepted."""

    def __init__(self) -> None:
        self.sent: list[OutboxMessage] = []
        self.refused: set[OutboxMessageId] = set()
        self.is_away = False

    def send(self, messages: Sequence[OutboxMessage]) -> Mapping[OutboxMessage, str]:
        failures = {each: "away" for each in messages if self.is_away or each.id in self.refused}
        self.sent += [each for each in messages if each not in failures]
        return failures

    def backlog(self, topic: Topic) -> int | None:
        return None if self.is_away else len(self.on(topic))

    def on(self, topic: Topic) -> list[OutboxMessage]:
        """What was sent to one topic."""
        return [message for message in self.sent if message.topic is topic]

    def take(self, topic: Topic) -> list[OutboxMessage]:
        """Receive and remove everything on a topic."""
        taken = self.on(topic)
        self.sent = [message for message in self.sent if message.topic is not topic]
        return taken


class FakeOutcomeReports:
    """Keeps the reports; ``is_away`` makes it raise."""

    def __init__(self) -> None:
        self.reported: list[Outcome] = []
        self.is_away = False

    def report(self, outcome: Outcome) -> None:
        if self.is_away:
            raise QueueAway
        self.reported.append(outcome)
