"""Facts about what partners are told."""

from __future__ import annotations

from offers.domain.errors import DomainError, NotFound


class WebhookDeliveryNotFound(NotFound):
    code = "webhook_delivery_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such webhook delivery.")


class InvalidWebhookUrl(DomainError):
    code = "invalid_webhook_url"

    def __init__(self, problem: str) -> None:
        super().__init__(f"The webhook URL {problem}.")


class WebhookNotConfigured(DomainError):
    code = "webhook_not_configured"

    def __init__(self) -> None:
        super().__init__("No webhook is set up for this partner.")


class WebhookDisabled(DomainError):
    """It failed for days or said that it is gone; an administrator must enable it again."""

    code = "webhook_disabled"

    def __init__(self) -> None:
        super().__init__("The webhook is disabled; it failed for days, or answered 410.")


class ReplayLimitReached(DomainError):
    code = "replay_limit_reached"

    def __init__(self, limit: int) -> None:
        super().__init__(f"This delivery has been replayed {limit} times, which is the most.")
