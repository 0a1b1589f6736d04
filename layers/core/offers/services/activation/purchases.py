"""What every purchase stores, and how it is told afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.subscription import SubscriptionStatus
from offers.domain.transaction import TransactionKind

if TYPE_CHECKING:
    from offers.domain.purchase import Purchase
    from offers.domain.transaction import Transaction
    from offers.ports.store.work import Work


@dataclass(frozen=True, slots=True)
class Accepted:
    """The transaction that was opened; ``is_replay`` if an earlier request with the same key opened
    it.
    """

    transaction: Transaction
    is_replay: bool = False


def store_purchase(work: Work, purchase: Purchase) -> None:
    """Everything that a purchase changes, in the unit of work that holds the payer's account.

    Raises AlreadySubscribed or RenewalInProgress, now or when the unit of work commits.
    """
    if purchase.transaction.kind is TransactionKind.ACTIVATION:
        work.subscriptions.add(purchase.subscription)
    elif purchase.subscription.status is SubscriptionStatus.PENDING:  # it had ended
        work.subscriptions.save(purchase.subscription)
    work.transactions.add(purchase.transaction)
    work.accounts.move(purchase.account, purchase.entry)
    work.outbox.add(purchase.message)
