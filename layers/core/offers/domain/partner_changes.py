"""What administrators change about a partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.changes import REMOVE
from offers.domain.errors.webhooks import WebhookNotConfigured
from offers.domain.webhook import SECRET_OVERLAP, WebhookEndpoint

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.changes import Removal
    from offers.domain.partner import UsagePlan


@dataclass(frozen=True, slots=True)
class PartnerChanges:
    """None keeps what there is; ``credit_limit`` is a decimal string in the account's currency."""

    is_active: bool | None = None
    contact_email: str | None = None
    usage_plan: UsagePlan | None = None
    activations_per_minute: int | None = None
    activations_per_day: int | None = None
    credit_limit: str | None = None
    webhook_url: str | Removal | None = None
    rotates_webhook_secret: bool = False
    enables_webhook: bool = False

    @property
    def may_need_secret(self) -> bool:
        """Whether the webhook may get a new secret by them."""
        return self.rotates_webhook_secret or isinstance(self.webhook_url, str)

    def webhook(
        self, known: WebhookEndpoint | None, new_secret: str | None, at: datetime
    ) -> WebhookEndpoint | None:
        """The webhook after these changes; ``new_secret``, needed if ``may_need_secret``, signs if
        there was none before, or if the secret is rotated, and for SECRET_OVERLAP the one before
        as well. Raises WebhookNotConfigured.
        """
        webhook = self._addressed(known, new_secret)
        if webhook is None:
            if self.rotates_webhook_secret or self.enables_webhook:
                raise WebhookNotConfigured
            return None
        if self.rotates_webhook_secret and known is not None and new_secret is not None:
            webhook = webhook.rotate(new_secret, at + SECRET_OVERLAP)
        return webhook.enable() if self.enables_webhook else webhook

    def _addressed(
        self, known: WebhookEndpoint | None, new_secret: str | None
    ) -> WebhookEndpoint | None:
        if self.webhook_url is REMOVE:
            return None
        if self.webhook_url is None:
            return known
        if known is not None:
            return known.move(self.webhook_url)
        return None if new_secret is None else WebhookEndpoint(self.webhook_url, new_secret)
