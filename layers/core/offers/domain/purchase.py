"""The one place where a purchase is decided:

what an accepted activation or renewal changes, all together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.account import Movement
from offers.domain.messages import ActivationRequested
from offers.domain.outbox import OutboxMessage
from offers.domain.subscription import Subscription, SubscriptionStatus, end_of_period
from offers.domain.transaction import Channel, Transaction, TransactionKind

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.account import Account, LedgerEntry
    from offers.domain.ids import (
        LedgerEntryId,
        OutboxMessageId,
        PartnerId,
        SubscriptionId,
        TransactionId,
        UserId,
    )
    from offers.domain.offer import Offer


@dataclass(frozen=True, slots=True)
class PurchaseIds:
    """Fresh identifiers for everything a purchase creates, and what the partner or the customer
    calls it by.
    """

    transaction: TransactionId
    subscription: SubscriptionId
    entry: LedgerEntryId
    message: OutboxMessageId
    reference: str


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who gets the service, and how the order came in.

    ``is_automatic``: the system orders for the customer, who asked it to (automatic renewal).
    """

    user_id: UserId
    channel: Channel = Channel.CLIENT
    partner_id: PartnerId | None = None
    partner_reference: str | None = None
    is_automatic: bool = False

    @property
    def actor(self) -> str:
        """Who is named in the ledger: the system, the partner that ordered, or the customer."""
        if self.is_automatic:
            return "system:auto_renew"
        return f"user:{self.user_id}" if self.partner_id is None else f"partner:{self.partner_id}"


@dataclass(frozen=True, slots=True)
class Purchase:
    """Everything that must be stored in one commit."""

    account: Account
    entry: LedgerEntry
    transaction: Transaction
    message: OutboxMessage
    subscription: Subscription


def buy_activation(
    buyer: Buyer, offer: Offer, account: Account, ids: PurchaseIds, at: datetime
) -> Purchase:
    """Charge the account and open a pending subscription.

    Raises OfferNotAvailable, SubscriptionTooLong, InsufficientBalance, CreditLimitReached or
    CurrencyMismatch.
    """
    offer.require_available(at)
    subscription = Subscription(
        id=ids.subscription,
        user_id=buyer.user_id,
        offer_id=offer.id,
        price=offer.price,
        status=SubscriptionStatus.PENDING,
        auto_renew=False,
        created_at=at,
        updated_at=at,
    )
    return _buy(TransactionKind.ACTIVATION, buyer, offer, account, subscription, ids, at)


def buy_renewal(
    buyer: Buyer,
    offer: Offer,
    account: Account,
    subscription: Subscription,
    ids: PurchaseIds,
    at: datetime,
) -> Purchase:
    """Charge the account for one more period of a subscription that is active or has expired.

    One that runs may go on when its offer is sold no more; one that has ended is bought anew.
    Raises SubscriptionNotRenewable and whatever ``buy_activation`` raises.
    """
    subscription.require_renewable()
    if subscription.status is SubscriptionStatus.ACTIVE:
        offer.require_renewable(at)
    else:
        offer.require_available(at)
    reopened = subscription.reopen(at)
    return _buy(TransactionKind.RENEWAL, buyer, offer, account, reopened, ids, at)


def _buy(  # all that a purchase consists of; both callers are above
    kind: TransactionKind,
    buyer: Buyer,
    offer: Offer,
    account: Account,
    subscription: Subscription,
    ids: PurchaseIds,
    at: datetime,
) -> Purchase:
    # What would fail after the money has moved fails here.
    end_of_period(max(subscription.expires_at or at, at), offer.duration_days)
    cause = Movement(ids.entry, at, buyer.actor, f"{kind} of {offer.code}", ids.transaction)
    charged, entry = account.charge(offer.price, cause)
    transaction = Transaction(
        id=ids.transaction,
        kind=kind,
        channel=buyer.channel,
        user_id=buyer.user_id,
        offer_id=offer.id,
        subscription_id=subscription.id,
        account_id=account.id,
        amount=offer.price,
        duration_days=offer.duration_days,
        reference=ids.reference,
        created_at=at,
        updated_at=at,
        partner_id=buyer.partner_id,
        partner_reference=buyer.partner_reference,
        period_start=subscription.expires_at,
    )
    message = activation_message(ids.message, transaction.id, at)
    return Purchase(charged, entry, transaction, message, subscription)


def activation_message(
    message_id: OutboxMessageId, transaction_id: TransactionId, deliver_at: datetime
) -> OutboxMessage:
    """The message that makes a worker look at a transaction:

    it names it and carries no truth of its own.
    """
    return OutboxMessage(
        id=message_id,
        content=ActivationRequested(transaction_id),
        created_at=deliver_at,
        deliver_at=deliver_at,
        transaction_id=transaction_id,
    )
