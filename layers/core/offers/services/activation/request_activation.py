"""Accept an activation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import TransactionId
from offers.domain.purchase import Buyer, buy_activation
from offers.services.activation.purchases import Accepted, store_purchase

if TYPE_CHECKING:
    from offers.domain.idempotency import IdempotencyKey
    from offers.domain.ids import OfferId, UserId
    from offers.ports.clock import Clock
    from offers.ports.ids import NewPurchaseIds
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.work import UnitOfWork
    from offers.services.outbox.dispatch_messages import DispatchMessages


@dataclass(frozen=True)
class RequestActivation:
    """Charge the customer, open a pending subscription and announce the activation, in one commit
    (ADR 0001).
    """

    unit_of_work: UnitOfWork
    status: TransactionStatusStore
    dispatch: DispatchMessages
    clock: Clock
    new_purchase_ids: NewPurchaseIds

    def __call__(
        self, user_id: UserId, offer_id: OfferId, key: IdempotencyKey | None = None
    ) -> Accepted:
        """Raises OfferNotFound, OfferNotAvailable, InsufficientBalance, AlreadySubscribed,
        SubscriptionTooLong, IdempotencyKeyReused, IdempotencyInProgress or StoreUnavailable; then
        nothing has changed.
        """
        ids, at = self.new_purchase_ids(), self.clock()
        with self.unit_of_work() as work:
            earlier = work.idempotency.claimed_before(key, ids.transaction, at)
            if earlier is not None:
                return Accepted(work.transactions.get(TransactionId(earlier)), is_replay=True)
            account = work.accounts.lock_for_user(user_id)
            offer = work.offers.get(offer_id)
            purchase = buy_activation(Buyer(user_id), offer, account, ids, at)
            store_purchase(work, purchase)
        self.status.publish(purchase.transaction)
        self.dispatch([purchase.message])
        return Accepted(purchase.transaction)
