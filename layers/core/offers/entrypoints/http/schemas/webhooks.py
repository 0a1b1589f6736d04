"""Shapes of what partners are told."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.times import rfc3339
from offers.domain.webhook import MAX_REPLAYS, WebhookAttempt, WebhookDelivery
from offers.entrypoints.http.schemas.fields import (
    Id,
    Time,
    optional_time_of,
)

EventName = Literal["activation.succeeded", "activation.failed"]


class AttemptDocument(TypedDict):
    """One call to the webhook. ``http_status`` is null if nothing was answered."""

    number: int
    at: Time
    http_status: int | None
    error: Annotated[str | None, Field(examples=["timeout"])]
    duration_ms: int


class DeliveryDocument(TypedDict):
    """An event and its way to the webhook; ``id`` is its ``webhook-id``."""

    id: Id
    event: EventName
    transaction_id: Id
    status: Literal["queued", "delivered", "failed"]
    attempts: NotRequired[
        Annotated[list[AttemptDocument], Field(description="The last ones, 20 at most.")]
    ]
    attempt_count: int
    replays_left: int
    created_at: Time
    updated_at: Time
    next_attempt_at: Time | None


class DeliveryList(TypedDict):
    """One page of the partner's deliveries, newest first."""

    data: list[DeliveryDocument]
    next_cursor: str | None


def delivery_document(
    delivery: WebhookDelivery, attempts: tuple[WebhookAttempt, ...] | None = None
) -> DeliveryDocument:
    """A delivery as its partner sees it."""
    document = DeliveryDocument(
        id=str(delivery.id),
        event=delivery.event.value,
        transaction_id=str(delivery.transaction_id),
        status=delivery.status.value,
        attempt_count=delivery.attempts,
        replays_left=max(MAX_REPLAYS - delivery.replays, 0),
        created_at=rfc3339(delivery.created_at),
        updated_at=rfc3339(delivery.updated_at),
        next_attempt_at=optional_time_of(delivery.next_attempt_at),
    )
    if attempts is not None:
        document["attempts"] = [_attempt_document(attempt) for attempt in attempts]
    return document


def _attempt_document(attempt: WebhookAttempt) -> AttemptDocument:
    return AttemptDocument(
        number=attempt.number,
        at=rfc3339(attempt.at),
        http_status=attempt.http_status,
        error=attempt.error or None,
        duration_ms=attempt.duration_ms,
    )
