"""Seals the secrets in the database with the key that seals now."""

from offers.entrypoints.events import schedule
from offers.services.webhooks.seal_webhook_secrets import SealWebhookSecrets
from offers.wiring import make


def seal(run: schedule.Run) -> dict[str, int]:
    """How many partners' webhook secrets were sealed, and how many do not open."""
    return dict(make(SealWebhookSecrets)(lambda: run.has_seconds(10)))


handler = schedule.handler("seal_secrets", seal)
