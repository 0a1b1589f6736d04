"""Webhook deliveries and their attempts in PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.postgresql import insert

from offers.adapters.postgres.machinery.changing import changing
from offers.adapters.postgres.machinery.compiled import compiled, parameters
from offers.adapters.postgres.machinery.keyset import Keyset
from offers.adapters.postgres.machinery.pruning import delete_oldest
from offers.adapters.postgres.tables import partners, webhook_attempts, webhook_deliveries
from offers.adapters.postgres.webhooks.rows import endpoint_of
from offers.domain.errors.webhooks import WebhookDeliveryNotFound
from offers.domain.ids import PartnerId, WebhookDeliveryId
from offers.domain.webhook import DeliveryStatus, WebhookAttempt, WebhookDelivery, WebhookEvent
from offers.ports.pages import Page
from offers.ports.store.webhooks import ATTEMPTS_SHOWN, DeliveryView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import RowMapping

    from offers.adapters.postgres.machinery.statements import Statements
    from offers.domain.webhook import WebhookEndpoint
    from offers.ports.pages import PageRequest

_columns = webhook_deliveries.c
_NEWEST = Keyset("webhook_deliveries", (_columns.created_at, _columns.id), is_descending=True)
_LOCK = (
    select(webhook_deliveries)
    .where(_columns.id == bindparam("id"), _columns.partner_id == bindparam("owner"))
    .with_for_update(key_share=True)
)
_ADD_ATTEMPT = compiled(
    insert(webhook_attempts)
    .values(parameters(webhook_attempts, *webhook_attempts.c.keys()))
    .on_conflict_do_nothing()
    .returning(webhook_attempts.c.number)
)
_FAIL_QUEUED = (
    update(webhook_deliveries)
    .where(_columns.partner_id == bindparam("owner"), _columns.status == DeliveryStatus.QUEUED)
    .values(status=DeliveryStatus.FAILED, next_attempt_at=None, updated_at=bindparam("at"))
)
_FACTS = ("id", "partner_id", "transaction_id", "event", "body", "created_at")


@dataclass(frozen=True, slots=True)
class PostgresWebhookDeliveries:
    """Keeps the promises of offers.ports.store.webhooks.WebhookDeliveries."""

    statements: Statements

    def add(self, delivery: WebhookDelivery) -> None:
        self.statements.later(plain_insert(webhook_deliveries), _values(delivery))

    def lock_for_partner(
        self, delivery_id: WebhookDeliveryId, partner_id: PartnerId
    ) -> WebhookDelivery:
        row = self.statements.first(_LOCK, {"id": delivery_id, "owner": partner_id})
        if row is None:
            raise WebhookDeliveryNotFound
        return _delivery_of(row)

    def save(self, delivery: WebhookDelivery) -> None:
        changed = update(webhook_deliveries).where(_columns.id == delivery.id)
        self.statements.later(changed.values(changing(_values(delivery), *_FACTS)))

    def add_attempt(self, delivery_id: WebhookDeliveryId, attempt: WebhookAttempt) -> bool:
        """A round trip of its own: the answer decides whether it changes anything."""
        row = self.statements.first(
            _ADD_ATTEMPT,
            {
                "delivery_id": delivery_id,
                "number": attempt.number,
                "at": attempt.at,
                "http_status": attempt.http_status,
                "error": attempt.error,
                "duration_ms": attempt.duration_ms,
            },
        )
        return row is not None

    def fail_queued(self, partner_id: PartnerId, at: datetime) -> None:
        self.statements.later(_FAIL_QUEUED, {"owner": partner_id, "at": at})

    def delete_before(self, before: datetime, limit: int) -> int:
        """Their attempts go with them."""
        at = _columns.created_at
        return delete_oldest(self.statements, webhook_deliveries, at, before, limit)

    def page(
        self, partner_id: PartnerId, status: DeliveryStatus | None, request: PageRequest
    ) -> Page[DeliveryView]:
        """Two round trips: the deliveries, then the newest attempts of each."""
        mine = select(webhook_deliveries).where(_columns.partner_id == partner_id)
        if status is not None:
            mine = mine.where(_columns.status == status)
        page = _NEWEST.page(self.statements, mine, request, _delivery_of)
        attempts = self._attempts_of([delivery.id for delivery in page.items])
        views = (DeliveryView(each, tuple(attempts.get(each.id, ()))) for each in page.items)
        return Page(tuple(views), page.next)

    def with_endpoints(
        self, delivery_ids: Sequence[WebhookDeliveryId]
    ) -> Mapping[WebhookDeliveryId, tuple[WebhookDelivery, WebhookEndpoint | None]]:
        joined = (
            select(webhook_deliveries, partners)
            .join(partners, partners.c.id == _columns.partner_id)
            .where(_columns.id.in_(delivery_ids))
        )
        rows = self.statements.all(joined)
        return {row[_columns.id]: (_delivery_of(row), endpoint_of(row)) for row in rows}

    def _attempts_of(
        self, delivery_ids: Sequence[WebhookDeliveryId]
    ) -> dict[WebhookDeliveryId, list[WebhookAttempt]]:
        found: dict[WebhookDeliveryId, list[WebhookAttempt]] = {}
        if not delivery_ids:
            return found
        columns = webhook_attempts.c
        query = (
            select(webhook_attempts)
            .join(webhook_deliveries, _columns.id == columns.delivery_id)
            .where(_columns.id.in_(delivery_ids))
            .where(columns.number > _columns.attempts - ATTEMPTS_SHOWN)
            .order_by(columns.delivery_id, columns.number)
        )
        for row in self.statements.all(query):
            of_delivery = found.setdefault(row[columns.delivery_id], [])
            of_delivery.append(_attempt_of(row))
        return found


def _delivery_of(row: RowMapping) -> WebhookDelivery:
    return WebhookDelivery(
        id=WebhookDeliveryId(row[_columns.id]),
        partner_id=PartnerId(row[_columns.partner_id]),
        transaction_id=row[_columns.transaction_id],
        event=WebhookEvent(row[_columns.event]),
        body=row[_columns.body],
        created_at=row[_columns.created_at],
        updated_at=row[_columns.updated_at],
        queued_at=row[_columns.queued_at],
        next_attempt_at=row[_columns.next_attempt_at],
        status=DeliveryStatus(row[_columns.status]),
        attempts=row[_columns.attempts],
        replays=row[_columns.replays],
    )


def _attempt_of(row: RowMapping) -> WebhookAttempt:
    columns = webhook_attempts.c
    return WebhookAttempt(
        number=row[columns.number],
        at=row[columns.at],
        http_status=row[columns.http_status],
        error=row[columns.error],
        duration_ms=row[columns.duration_ms],
    )


def _values(delivery: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": delivery.id,
        "partner_id": delivery.partner_id,
        "transaction_id": delivery.transaction_id,
        "event": delivery.event,
        "body": delivery.body,
        "created_at": delivery.created_at,
        "updated_at": delivery.updated_at,
        "queued_at": delivery.queued_at,
        "next_attempt_at": delivery.next_attempt_at,
        "status": delivery.status,
        "attempts": delivery.attempts,
        "replays": delivery.replays,
    }
