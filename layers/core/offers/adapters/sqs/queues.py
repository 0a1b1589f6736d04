"""The queues behind the topics."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from offers.adapters.aws import failure_code, is_outage
from offers.adapters.breaker import Breaker
from offers.adapters.sqs.batches import MAX_BYTES, batches, entries, weight
from offers.domain.outbox import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from offers.adapters.aws import ClientFactory
    from offers.adapters.sqs.batches import Entry
    from offers.domain.outbox import OutboxMessage
    from offers.ports.clock import Clock

logger = logging.getLogger(__name__)

Failures = dict["OutboxMessage", str]


class SqsMessageQueues:
    """Port MessageQueues. While SQS is away it costs one call its timeouts, then nothing for the
    breaker's pause."""

    def __init__(
        self,
        client: ClientFactory,
        queue_urls: Mapping[Topic, str],
        clock: Clock,
        breaker: Breaker | None = None,
    ) -> None:
        self._client = client
        self._queue_urls = queue_urls
        self._clock = clock
        self._breaker = breaker or Breaker("SQS")

    def send(self, messages: Sequence[OutboxMessage]) -> Mapping[OutboxMessage, str]:
        """Send in as few calls as possible; what was not accepted comes back with why."""
        failures: Failures = {}
        for topic in Topic:
            mine = [message for message in messages if message.topic is topic]
            if mine:
                failures |= self._send_to(topic, mine)
        if failures:
            causes = sorted(set(failures.values()))
            logger.warning("%d messages did not reach their queue: %s", len(failures), causes)
        return failures

    def backlog(self, topic: Topic) -> int | None:
        """How many messages can be received now, as SQS estimates it; not those delayed or being
        worked on."""
        wanted = "ApproximateNumberOfMessages"
        try:
            attributes = self._client().get_queue_attributes(
                QueueUrl=self._queue_urls[topic], AttributeNames=[wanted]
            )["Attributes"]
            return int(attributes[wanted])
        except Exception as failure:  # noqa: BLE001  # whatever it was, the promise is None
            logger.warning("the backlog of %s is unknown: %s", topic, failure_code(failure))
            return None

    def _send_to(self, topic: Topic, messages: list[OutboxMessage]) -> Failures:
        if topic not in self._queue_urls:
            return dict.fromkeys(messages, f"no queue for {topic}")
        url = self._queue_urls[topic]
        every = entries(messages, self._clock())
        failures = {entry[0]: "too large" for entry in every if weight(entry) > MAX_BYTES}
        for batch in batches([entry for entry in every if entry[0] not in failures]):
            failures |= self._send_batch(url, batch)
        return failures

    def _send_batch(self, url: str, batch: list[Entry]) -> Failures:
        if self._breaker.is_open:
            return _all(batch, "SQS is away")
        try:
            answer = self._client().send_message_batch(
                QueueUrl=url, Entries=[entry for _, entry in batch]
            )
        except Exception as failure:  # noqa: BLE001  # the outbox keeps the messages
            if is_outage(failure):  # a refusal concerns this queue only
                self._breaker.trip(failure_code(failure))
            return _all(batch, failure_code(failure))
        self._breaker.reset()
        return _refused(batch, answer)


def _all(batch: list[Entry], cause: str) -> Failures:
    return {message: cause for message, _ in batch}


def _refused(batch: list[Entry], answer: Mapping[str, Any]) -> Failures:
    accepted = {success["Id"] for success in answer.get("Successful", ())}
    causes = {each["Id"]: str(each.get("Code", "")) for each in answer.get("Failed", ())}
    return {
        message: causes.get(entry["Id"]) or "no answer for this message"
        for message, entry in batch
        if entry["Id"] not in accepted
    }
