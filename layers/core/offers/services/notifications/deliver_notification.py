"""Send one email and report what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.notification import Email, NotificationStatus
from offers.ports.outside.emails import EmailRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from offers.ports.clock import Clock
    from offers.ports.outside.emails import EmailSender
    from offers.ports.outside.queues import OutcomeReports


@dataclass(frozen=True)
class DeliverNotification:
    """Works without a database:

    the message holds everything, and the outcome goes back through a queue.
    """

    email_sender: EmailSender
    outcomes: OutcomeReports
    clock: Clock

    def __call__(self, message: Mapping[str, Any]) -> NotificationStatus:
        """Raises EmailUnavailable: deliver the message again later."""
        email = Email(message["subject"], message["text"], message["html"])
        status, error = NotificationStatus.SENT, ""
        try:
            self.email_sender.send(message["to"], email, message.get("headers", {}))
        except EmailRefused as refusal:
            status, error = NotificationStatus.FAILED, str(refusal)
        self.outcomes.report(
            {
                "notification_id": message["notification_id"],
                "status": status,
                "error": error,
                "at": self.clock().isoformat(),
            }
        )
        return status
