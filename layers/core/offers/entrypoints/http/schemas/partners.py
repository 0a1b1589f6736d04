"""Everything under /partner."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.ids import OfferId, UserId
from offers.domain.partner_order import PartnerOrder
from offers.domain.times import rfc3339
from offers.domain.transaction import Transaction
from offers.entrypoints.http.schemas.activation import FailureDocument, Status, failure_document
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Id,
    RequestModel,
    SentAmount,
    Time,
    Verbatim,
)

VALIDATE_PATH = "/api/v1/partner/validate"

Reference = Annotated[str, Field(examples=["REF-7K2M9QXW4TBC"])]
_EXAMPLE_ID = "0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"


class ActivateForPartnerRequest(RequestModel):
    """An offer for a customer, at the price the partner knows."""

    user_id: Annotated[UUID, Field(strict=False, examples=[_EXAMPLE_ID])]
    offer_id: Annotated[UUID, Field(strict=False, examples=[_EXAMPLE_ID])]
    amount: SentAmount
    currency: Annotated[
        Currency | None,
        Field(description="ISO 4217; the offer's if left out."),
    ] = None
    partner_reference: Annotated[
        Verbatim | None,
        Field(
            min_length=1,
            max_length=100,
            description="The partner's own name for this order; unique, and makes it idempotent.",
            examples=["order-4711"],
        ),
    ] = None

    def order(self) -> PartnerOrder:
        """What the service understands."""
        return PartnerOrder(
            UserId(self.user_id),
            OfferId(self.offer_id),
            self.amount,
            self.currency,
            self.partner_reference,
        )


class AcceptedOrder(TypedDict):
    """The activation is charged to the partner and under way."""

    reference: Reference
    transaction_id: Id
    status: Status
    message: Annotated[str, Field(examples=["The activation has been accepted."])]


class OrderDocument(TypedDict):
    """An order of this partner."""

    reference: Reference
    is_valid: Literal[True]
    transaction_id: Id
    status: Status
    user_id: Id
    offer_id: Id
    amount: Amount
    currency: Currency
    partner_reference: str | None
    failure: FailureDocument | None
    created_at: Time
    updated_at: Time


class OrderList(TypedDict):
    """One page of the partner's orders, newest first."""

    data: list[OrderDocument]
    next_cursor: str | None


def accepted_order_document(transaction: Transaction) -> AcceptedOrder:
    """The answer to an accepted order; a replay says PENDING too, as the first answer did."""
    return AcceptedOrder(
        reference=transaction.reference,
        transaction_id=str(transaction.id),
        status="PENDING",
        message="The activation has been accepted.",
    )


def order_document(transaction: Transaction) -> OrderDocument:
    """What ``validate`` answers, and a line of the list."""
    return OrderDocument(
        reference=transaction.reference,
        is_valid=True,
        transaction_id=str(transaction.id),
        status=transaction.status.value,
        user_id=str(transaction.user_id),
        offer_id=str(transaction.offer_id),
        amount=transaction.amount.amount,
        currency=transaction.amount.currency,
        partner_reference=transaction.partner_reference,
        failure=failure_document(transaction),
        created_at=rfc3339(transaction.created_at),
        updated_at=rfc3339(transaction.updated_at),
    )
