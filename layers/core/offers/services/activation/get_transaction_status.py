"""Follow a transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.errors.activation import TransactionNotFound

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ids import TransactionId, UserId
    from offers.domain.transaction import Transaction
    from offers.ports.outside.status import TransactionStatusStore
    from offers.ports.store.work import Reading

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 1.0


@dataclass(frozen=True)
class GetTransactionStatus:
    """From the projection; from the store when that is empty or away."""

    status: TransactionStatusStore
    reading: Reading
    sleep: Callable[[float], None]

    def __call__(self, user_id: UserId, transaction_id: TransactionId) -> Transaction:
        """Raises TransactionNotFound (also for somebody else's) or StoreUnavailable."""
        transaction = self.status.find(transaction_id) or self._from_store(transaction_id)
        if transaction.user_id != user_id:
            raise TransactionNotFound
        return transaction

    def wait(
        self,
        user_id: UserId,
        transaction_id: TransactionId,
        is_known: Callable[[Transaction], bool],
        seconds: float,
    ) -> Transaction:
        """The first state that ``is_known`` does not know yet, or the current one after
        ``seconds``.
        """
        pause = _FIRST_PAUSE_SECONDS
        transaction = self(user_id, transaction_id)
        while is_known(transaction) and not transaction.status.is_terminal and seconds > 0:
            self.sleep(min(pause, seconds))
            seconds -= pause
            pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
            transaction = self(user_id, transaction_id)
        return transaction

    def _from_store(self, transaction_id: TransactionId) -> Transaction:
        with self.reading() as store:
            transaction = store.transactions.get(transaction_id)
        self.status.publish(transaction)
        return transaction
