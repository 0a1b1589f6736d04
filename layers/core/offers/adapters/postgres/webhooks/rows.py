"""Webhook endpoints as columns of their partner's row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offers.adapters.postgres.tables import partners
from offers.domain.webhook import WebhookEndpoint

if TYPE_CHECKING:
    from sqlalchemy import RowMapping


def endpoint_of(row: RowMapping) -> WebhookEndpoint | None:
    """Where the partner is told, if anywhere."""
    columns = partners.c
    if row[columns.webhook_url] is None:
        return None
    return WebhookEndpoint(
        url=row[columns.webhook_url],
        secret=row[columns.webhook_secret],
        previous_secret=row[columns.webhook_previous_secret],
        previous_secret_until=row[columns.webhook_previous_secret_until],
        failing_since=row[columns.webhook_failing_since],
        disabled_at=row[columns.webhook_disabled_at],
    )


def endpoint_values(endpoint: WebhookEndpoint | None) -> dict[str, Any]:
    """An endpoint as columns; all empty where there is none."""
    return {
        "webhook_url": endpoint and endpoint.url,
        "webhook_secret": endpoint and endpoint.secret,
        "webhook_previous_secret": endpoint and endpoint.previous_secret,
        "webhook_previous_secret_until": endpoint and endpoint.previous_secret_until,
        "webhook_failing_since": endpoint and endpoint.failing_since,
        "webhook_disabled_at": endpoint and endpoint.disabled_at,
    }
