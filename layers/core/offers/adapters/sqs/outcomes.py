"""Outcomes of functions without a database, on their way to the function that records them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.adapters.sqs.batches import body

if TYPE_CHECKING:
    from offers.adapters.aws import ClientFactory
    from offers.domain.messages import Outcome


class SqsOutcomeReports:
    """Port OutcomeReports."""

    def __init__(self, client: ClientFactory, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def report(self, outcome: Outcome) -> None:
        """Queue it. Raises botocore's error if the queue did not take it: the caller's own message
        then returns to its queue and is worked on again."""
        self._client().send_message(QueueUrl=self._queue_url, MessageBody=body(outcome))
