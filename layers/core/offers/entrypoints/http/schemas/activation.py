"""POST /activation, POST /offers/renew and GET /activation/status/{id}."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.times import rfc3339
from offers.domain.transaction import Transaction
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    Moment,
    RequestModel,
    Time,
    optional_time_of,
)

Status = Literal["PENDING", "PROCESSING", "SUCCESS", "FAILED"]

WaitSeconds = Annotated[
    int,
    Query(
        ge=0,
        le=20,
        description="Seconds to wait for the end, or for a state that If-None-Match does not name.",
    ),
]

STATUS_PATH = "/api/v1/activation/status"


class ActivateOfferRequest(RequestModel):
    """Which offer to activate."""

    offer_id: Annotated[
        UUID, Field(strict=False, examples=["0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"])
    ]


class Accepted(TypedDict):
    """The activation is paid for and under way; follow it at ``status_url``."""

    transaction_id: Id
    status: Status
    message: Annotated[str, Field(examples=["The activation has been accepted."])]
    status_url: Annotated[
        str, Field(examples=["/api/v1/activation/status/0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"])
    ]


class FailureDocument(TypedDict):
    """Why an activation was not made; the money is back."""

    code: Annotated[str, Field(examples=["not_serviceable"])]
    reason: Annotated[str, Field(examples=["The address cannot be served."])]


class StatusDocument(TypedDict):
    """Where a transaction stands. ``attention_required``: the outcome is being clarified by a
    person."""

    transaction_id: Id
    status: Status
    attention_required: bool
    offer_id: Id
    amount: Amount
    currency: Currency
    reference: Annotated[str, Field(examples=["REF-7K2M9QXW4TBC"])]
    failure: FailureDocument | None
    created_at: Time
    updated_at: Time
    completed_at: Time | None


def status_url_of(transaction: Transaction) -> str:
    """Where to follow it, from the API's root."""
    return f"{STATUS_PATH}/{transaction.id}"


def accepted_document(transaction: Transaction, status_url: str) -> Accepted:
    """The answer to an accepted purchase; a replay says PENDING too, as the first answer did."""
    return Accepted(
        transaction_id=str(transaction.id),
        status="PENDING",
        message=f"The {transaction.kind} has been accepted.",
        status_url=status_url,
    )


def failure_document(transaction: Transaction) -> FailureDocument | None:
    """Null unless it failed."""
    failure = transaction.failure
    return None if failure is None else FailureDocument(code=failure.code, reason=failure.reason)


def status_document(transaction: Transaction) -> StatusDocument:
    """What a status poll answers."""
    return StatusDocument(
        transaction_id=str(transaction.id),
        status=transaction.status.value,
        attention_required=transaction.attention_required,
        offer_id=str(transaction.offer_id),
        amount=transaction.amount.amount,
        currency=transaction.amount.currency,
        reference=transaction.reference,
        failure=failure_document(transaction),
        created_at=rfc3339(transaction.created_at),
        updated_at=rfc3339(transaction.updated_at),
        completed_at=optional_time_of(transaction.completed_at),
    )


From = Annotated[Moment | None, Query(alias="from", description="Created at or after (RFC 3339).")]


To = Annotated[Moment | None, Query(alias="to", description="Created before (RFC 3339).")]


class TransactionDocument(TypedDict):
    """A purchase, and how it ended."""

    transaction_id: Id
    kind: Literal["activation", "renewal"]
    channel: Literal["client", "partner"]
    status: Status
    offer_id: Id
    subscription_id: Id
    amount: Amount
    currency: Currency
    reference: Annotated[str, Field(examples=["REF-7K2M9QXW4TBC"])]
    failure: FailureDocument | None
    created_at: Time
    updated_at: Time
    completed_at: Time | None


class TransactionList(TypedDict):
    """One page of the caller's transactions, newest first."""

    data: list[TransactionDocument]
    next_cursor: str | None


def transaction_document(transaction: Transaction) -> TransactionDocument:
    """A transaction as its owner sees it."""
    return TransactionDocument(
        transaction_id=str(transaction.id),
        kind=transaction.kind.value,
        channel=transaction.channel.value,
        status=transaction.status.value,
        offer_id=str(transaction.offer_id),
        subscription_id=str(transaction.subscription_id),
        amount=transaction.amount.amount,
        currency=transaction.amount.currency,
        reference=transaction.reference,
        failure=failure_document(transaction),
        created_at=rfc3339(transaction.created_at),
        updated_at=rfc3339(transaction.updated_at),
        completed_at=optional_time_of(transaction.completed_at),
    )
