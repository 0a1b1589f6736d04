"""Accept an activation that a partner orders for a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.customers import UserNotFound
from offers.domain.ids import TransactionId
from offers.domain.purchase import Buyer, Purchase, PurchaseIds, buy_activation
from offers.domain.transaction import Channel
from offers.services.activation.purchases import store_purchase

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.idempotency import IdempotencyKey
    from offers.domain.ids import PartnerId
    from offers.domain.money import Money
    from offers.domain.partner_order import PartnerOrder
    from offers.domain.transaction import Transaction
    from offers.ports.clock import Clock
    from offers.ports.ids import NewPurchaseIds
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.partners import Payer
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.outbox.dispatch_messages import DispatchMessages


@dataclass(frozen=True, slots=True)
class AcceptedForPartner:
    """The transaction that was opened, and the credit that is left; ``is_replay`` if an earlier
    request opened it: then the credit is not looked at.
    """

    transaction: Transaction
    credit_left: Money | None = None

    @property
    def is_replay(self) -> bool:
        """Whether it was accepted before."""
        return self.credit_left is None


@dataclass(frozen=True)
class ActivateForPartner:
    """Charge the partner's account, open the customer's subscription and announce the activation,
    in one commit (ADR 0001). The customer's balance is not touched.
    """

    unit_of_work: UnitOfWork
    status: TransactionStatusStore
    dispatch: DispatchMessages
    clock: Clock
    new_purchase_ids: NewPurchaseIds

    def __call__(
        self, partner_id: PartnerId, order: PartnerOrder, key: IdempotencyKey | None = None
    ) -> AcceptedForPartner:
        """The same ``partner_reference`` leads to the same transaction, with or without a key.

        Raises UnknownApiKey, UserNotFound, OfferNotFound, OfferNotAvailable, AmountMismatch,
        CreditLimitReached, ActivationLimitReached, AlreadySubscribed, SubscriptionTooLong,
        PartnerReferenceReused, IdempotencyKeyReused, IdempotencyInProgress or StoreUnavailable;
        then nothing has changed.
        """
        ids, at = self.new_purchase_ids(), self.clock()
        with self.unit_of_work() as work:
            payer = work.partners.lock_payer(partner_id)  # its orders come one by one from here on
            ordered = _ordered_before(work, partner_id, order)
            named = ids.transaction if ordered is None else ordered.id
            earlier = work.idempotency.claimed_before(key, named, at)
            if earlier is not None:
                return AcceptedForPartner(work.transactions.get(TransactionId(earlier)))
            if ordered is not None:
                return AcceptedForPartner(ordered)
            purchase = _buy(work, payer, order, ids, at)
        self.status.publish(purchase.transaction)
        self.dispatch([purchase.message])
        return AcceptedForPartner(purchase.transaction, purchase.account.available)


def _ordered_before(work: Work, partner_id: PartnerId, order: PartnerOrder) -> Transaction | None:
    """The order that has this reference. Raises PartnerReferenceReused if it is another one."""
    if order.partner_reference is None:
        return None
    earlier = work.transactions.find_order(partner_id, order.partner_reference)
    if earlier is not None:
        order.require_same_as(earlier)
    return earlier


def _buy(work: Work, payer: Payer, order: PartnerOrder, ids: PurchaseIds, at: datetime) -> Purchase:
    usage = payer.usage.count_activation(payer.partner.limits, at)
    if not work.users.get(order.user_id).is_active:
        raise UserNotFound
    offer = work.offers.get(order.offer_id)
    offer.require_available(at)  # before anything is told of its price
    order.require_price(offer.price)
    buyer = Buyer(order.user_id, Channel.PARTNER, payer.partner.id, order.partner_reference)
    purchase = buy_activation(buyer, offer, payer.account, ids, at)
    work.partners.save_usage(usage)
    store_purchase(work, purchase)
    return purchase
