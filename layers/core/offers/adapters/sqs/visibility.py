"""Back-off by visibility: a message that failed is seen again when another try makes sense."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from offers.adapters.aws import failure_code

if TYPE_CHECKING:
    from offers.adapters.aws import ClientFactory

logger = logging.getLogger(__name__)

MAX_VISIBILITY_SECONDS = 12 * 60 * 60  # SQS's own limit


class SqsVisibility:
    """Hides messages that are being worked on for longer or shorter than their queue's timeout."""

    def __init__(self, client: ClientFactory, queue_url: str) -> None:
        self._client = client
        self._queue_url = queue_url

    def hide(self, receipt_handle: str, seconds: int) -> None:
        """Let the message be seen again ``seconds`` from now (0 to 43 200).

        Never raises: if it fails, the queue's own timeout applies.
        """
        try:
            self._client().change_message_visibility(
                QueueUrl=self._queue_url,
                ReceiptHandle=receipt_handle,
                VisibilityTimeout=min(max(seconds, 0), MAX_VISIBILITY_SECONDS),
            )
        except Exception as failure:  # noqa: BLE001  # the message comes back anyway
            logger.warning("a message's visibility was not changed: %s", failure_code(failure))
