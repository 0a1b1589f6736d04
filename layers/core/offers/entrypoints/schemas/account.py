"""Everything under /account, and GET /offers/expiring, which lists subscriptions too."""

from __future__ import annotations

from typing import Annotated, Literal

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.account import Account
from offers.domain.offer import Offer
from offers.domain.subscription import Subscription
from offers.domain.transaction import Transaction
from offers.entrypoints.schemas.activation import FailureDocument, Status, failure_document
from offers.entrypoints.schemas.fields import (
    Amount,
    Currency,
    Id,
    Moment,
    RequestModel,
    Time,
    optional_time_of,
    time_of,
)
from offers.entrypoints.schemas.offers import Category
from offers.ports.subscriptions import SubscriptionView

WithinDays = Annotated[int, Query(ge=1, le=90, description="How many days ahead to look.")]
From = Annotated[Moment | None, Query(alias="from", description="Created at or after (RFC 3339).")]
To = Annotated[Moment | None, Query(alias="to", description="Created before (RFC 3339).")]


class UpdateSubscriptionRequest(RequestModel):
    """Whether the subscription renews by itself."""

    auto_renew: Annotated[bool, Field(examples=[True])]


class BalanceDocument(TypedDict):
    """The caller's prepaid balance."""

    balance: Annotated[Amount, Field(examples=["470.01"])]
    currency: Currency
    updated_at: Time


class OfferSummary(TypedDict):
    """The offer of a subscription, in short."""

    id: Id
    code: Annotated[str, Field(examples=["FIBRE-500"])]
    name: Annotated[str, Field(examples=["Fibre 500"])]
    category: Category


class SubscriptionDocument(TypedDict):
    """A subscription at the price it was bought for, with the transaction that touched it last.

    ``cancelled_at`` set while it is active: it ends at ``expires_at`` and does not renew.
    """

    id: Id
    offer: OfferSummary
    status: Literal["pending", "active", "expired", "cancelled", "failed"]
    price: Amount
    currency: Currency
    starts_at: Time | None
    expires_at: Time | None
    auto_renew: bool
    cancelled_at: Time | None
    transaction_id: Id


class SubscriptionList(TypedDict):
    """One page of the caller's subscriptions."""

    data: list[SubscriptionDocument]
    next_cursor: str | None


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


def balance_document(account: Account) -> BalanceDocument:
    """What can be spent."""
    return BalanceDocument(
        balance=account.balance.amount,
        currency=account.balance.currency,
        updated_at=time_of(account.updated_at),
    )


def subscription_document(view: SubscriptionView) -> SubscriptionDocument:
    """A subscription as its owner sees it."""
    subscription: Subscription = view.subscription
    return SubscriptionDocument(
        id=str(subscription.id),
        offer=_summary(view.offer),
        status=subscription.status.value,
        price=subscription.price.amount,
        currency=subscription.price.currency,
        starts_at=optional_time_of(subscription.starts_at),
        expires_at=optional_time_of(subscription.expires_at),
        auto_renew=subscription.auto_renew,
        cancelled_at=optional_time_of(subscription.cancelled_at),
        transaction_id=str(view.transaction_id),
    )


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
        created_at=time_of(transaction.created_at),
        updated_at=time_of(transaction.updated_at),
        completed_at=optional_time_of(transaction.completed_at),
    )


def _summary(offer: Offer) -> OfferSummary:
    return OfferSummary(
        id=str(offer.id), code=offer.code, name=offer.name, category=offer.category.value
    )
