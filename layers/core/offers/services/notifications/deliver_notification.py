"""Send one email and report what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.messages import CustomerEmail, EmailOutcome
from offers.domain.notification import NotificationStatus
from offers.ports.outside.emails import AddressRefused, EmailRefused

if TYPE_CHECKING:
    from offers.domain.messages import RenderedEmail
    from offers.ports.clock import Clock
    from offers.ports.outside.emails import EmailSender
    from offers.ports.outside.queues import OutcomeReports


@dataclass(frozen=True)
class DeliverNotification:
    """Works without a database: the message holds everything, and the outcome of a customer's email
    goes back through a queue.
    """

    email_sender: EmailSender
    outcomes: OutcomeReports
    clock: Clock

    def __call__(self, message: RenderedEmail) -> NotificationStatus:
        """Raises EmailUnavailable: deliver the message again later."""
        status, error, refused = NotificationStatus.SENT, "", ""
        try:
            self.email_sender.send(message.to, message.email, message.headers)
        except EmailRefused as refusal:
            status, error = NotificationStatus.FAILED, str(refusal)
            refused = message.to if isinstance(refusal, AddressRefused) else ""
        if isinstance(message, CustomerEmail):
            self.outcomes.report(
                EmailOutcome(message.notification_id, status, error, self.clock(), refused)
            )
        return status
