"""Send messages right after the commit that wrote them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.ports.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from offers.domain.outbox import OutboxMessage
    from offers.ports.outside.queues import MessageQueues
    from offers.ports.store.work import UnitOfWork
    from offers.services.outbox.prepared import Prepare

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DispatchMessages:
    """Queue committed messages now and take them out of the outbox.

    Whatever fails here, the relay does later.
    """

    prepare: Prepare
    queues: MessageQueues
    unit_of_work: UnitOfWork

    def __call__(self, messages: Sequence[OutboxMessage]) -> None:
        """Never raises: the messages are committed, so none can be lost."""
        prepared = self.prepare(messages)
        refused = {**prepared.refused, **self.queues.send(prepared.ready)}
        for message, reason in refused.items():
            logger.warning("left to the relay", extra={"topic": message.topic, "reason": reason})
        sent = tuple(message for message in messages if message not in refused)
        if not sent:
            return
        try:
            with self.unit_of_work() as work:
                work.outbox.delete(sent)
        except StoreUnavailable:
            logger.warning("sent messages stay in the outbox; the relay will send them again")
