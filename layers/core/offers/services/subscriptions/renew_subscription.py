"""Accept a renewal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.ids import TransactionId
from offers.domain.purchase import Buyer, buy_renewal
from offers.domain.renewal_intention import require_next_period, require_period_named
from offers.domain.subscription import SubscriptionStatus
from offers.services.activation.purchases import Accepted, store_purchase

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.idempotency import IdempotencyKey
    from offers.domain.ids import OfferId, SubscriptionId, UserId
    from offers.domain.offer import Offer
    from offers.domain.subscription import Subscription
    from offers.ports.clock import Clock
    from offers.ports.ids import NewPurchaseIds
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.outbox.dispatch_messages import DispatchMessages


@dataclass(frozen=True, slots=True)
class LatestSubscriptionTo:
    """Names a subscription by its offer."""

    offer_id: OfferId


@dataclass(frozen=True)
class RenewSubscription:
    """Charge the customer for one more period of a subscription, in one commit: at the offer's
    price of now, or at what a reminder announced for this period if that is lower.
    """

    unit_of_work: UnitOfWork
    status: TransactionStatusStore
    dispatch: DispatchMessages
    clock: Clock
    new_purchase_ids: NewPurchaseIds

    def __call__(
        self,
        user_id: UserId,
        target: SubscriptionId | LatestSubscriptionTo,
        key: IdempotencyKey | None = None,
        seen_end: datetime | None = None,
    ) -> Accepted:
        """Renew the subscription named, or the user's latest one to an offer; ``seen_end`` names
        the period that is to go on, by the end that its owner saw.

        Raises SubscriptionChanged (renewed meanwhile, or perhaps), SubscriptionNotFound,
        SubscriptionNotRenewable, RenewalInProgress, AlreadySubscribed, and what RequestActivation
        raises; then nothing has changed.
        """
        ids, at = self.new_purchase_ids(), self.clock()
        with self.unit_of_work() as work:
            earlier = work.idempotency.claimed_before(key, ids.transaction, at)
            if earlier is not None:
                return Accepted(work.transactions.get(TransactionId(earlier)), is_replay=True)
            account = work.accounts.lock_for_user(user_id)
            if isinstance(target, LatestSubscriptionTo):
                target = work.subscriptions.latest_renewable(user_id, target.offer_id)
            subscription = work.subscriptions.lock_for_user(target, user_id)
            subscription.require_renewable()
            _require_one_intention(work, subscription, seen_end, at)
            offer = _at_promised_price(work, subscription)
            purchase = buy_renewal(Buyer(user_id), offer, account, subscription, ids, at)
            store_purchase(work, purchase)
        self.status.publish(purchase.transaction)
        self.dispatch([purchase.message])
        return Accepted(purchase.transaction)


def _require_one_intention(
    work: Work, subscription: Subscription, seen_end: datetime | None, at: datetime
) -> None:
    """Held locks: nobody settles a renewal of it meanwhile."""
    if seen_end is None:
        require_next_period(subscription, work.renewals.paid_by(subscription.id), at)
    else:
        require_period_named(subscription, seen_end)


def _at_promised_price(work: Work, subscription: Subscription) -> Offer:
    """Once the subscription has ended, the announced price has too."""
    offer = work.offers.get(subscription.offer_id)
    if subscription.status is not SubscriptionStatus.ACTIVE:
        return offer
    return offer.at_price(work.renewals.renewal(subscription).promised(offer.price))
