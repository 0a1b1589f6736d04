"""Renew a subscription for a customer who asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.due_task import SubscriptionStep
from offers.domain.errors.catalogue import OfferNotAvailable
from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.money import CurrencyMismatch
from offers.domain.errors.subscriptions import SubscriptionTooLong
from offers.domain.purchase import Buyer, buy_renewal
from offers.domain.subscription import SubscriptionStatus
from offers.services.activation.purchases import store_purchase
from offers.services.subscriptions.step_taken import StepTaken

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import SubscriptionId
    from offers.domain.offer import Offer
    from offers.domain.outbox import OutboxMessage
    from offers.domain.purchase import Purchase
    from offers.domain.renewal import Renewal, RenewalRules
    from offers.domain.subscription import Subscription
    from offers.ports.clock import Clock
    from offers.ports.ids import NewPurchaseIds
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.work import UnitOfWork, Work
    from offers.services.outbox.dispatch_messages import DispatchMessages
    from offers.services.subscriptions.announce_unpaid import AnnounceUnpaid


@dataclass(frozen=True)
class RenewAutomatically:
    """Each try is recorded in the commit that charges or tells that the balance does not suffice,
    so no two tries are nearer than a day and no period is paid twice.
    """

    unit_of_work: UnitOfWork
    status: TransactionStatusStore
    announce_unpaid: AnnounceUnpaid
    dispatch: DispatchMessages
    clock: Clock
    new_purchase_ids: NewPurchaseIds
    renewal_rules: RenewalRules

    def __call__(self, subscription_id: SubscriptionId) -> StepTaken:
        """Raises SubscriptionNotFound or StoreUnavailable; then nothing has changed."""
        at = self.clock()
        with self.unit_of_work() as work:
            step, purchase, messages = self._try(work, subscription_id, at)
        if purchase is not None:
            self.status.publish(purchase.transaction)
        self.dispatch(messages)
        return StepTaken(step, purchase.transaction if purchase else None)

    def _try(
        self, work: Work, subscription_id: SubscriptionId, at: datetime
    ) -> tuple[SubscriptionStep, Purchase | None, tuple[OutboxMessage, ...]]:
        owner = work.renewals.owner(subscription_id)
        try:
            account = work.accounts.lock_for_user(owner)  # first in the order of locks
        except UserNotFound:  # deactivated: nothing is bought for them
            account = None
        subscription = work.subscriptions.lock(subscription_id)
        if subscription.status is not SubscriptionStatus.ACTIVE:
            return SubscriptionStep.NOTHING_DUE, None, ()
        offer = work.offers.get(subscription.offer_id)
        renewal = work.renewals.renewal(subscription)
        if not self._is_due(work, subscription, offer, renewal, at):
            return SubscriptionStep.NOTHING_DUE, None, ()
        tried = renewal.tried(at)
        work.renewals.save_renewal(tried)
        if account is None:
            return SubscriptionStep.NOT_RENEWABLE, None, ()
        priced = offer.at_price(renewal.automatic_price(subscription, offer))
        buyer, ids = Buyer(owner, is_automatic=True), self.new_purchase_ids()
        try:
            purchase = buy_renewal(buyer, priced, account, subscription, ids, at)
        except InsufficientBalance as refusal:
            told = self.announce_unpaid(work, subscription, offer, tried, refusal, at)
            return SubscriptionStep.UNPAID, None, told
        except (OfferNotAvailable, SubscriptionTooLong, CurrencyMismatch):
            return SubscriptionStep.NOT_RENEWABLE, None, ()
        store_purchase(work, purchase)
        return SubscriptionStep.RENEWING, purchase, (purchase.message,)

    def _is_due(
        self,
        work: Work,
        subscription: Subscription,
        offer: Offer,
        renewal: Renewal,
        at: datetime,
    ) -> bool:
        is_due = renewal.is_due(subscription, offer, self.renewal_rules, at)
        return is_due and not work.renewals.has_open_renewal(subscription.id)
