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
    from offers.ports.outside.waiting_room import WaitingRoom
    from offers.ports.store.work import Reading

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.1, 1.0


@dataclass(frozen=True)
class GetTransactionStatus:
    """From the projection; from the store when that is empty or away."""

    status: TransactionStatusStore
    reading: Reading
    waiting_room: WaitingRoom
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
        ``seconds``; at once for whom there is no place to wait.
        """
        transaction = self(user_id, transaction_id)
        if seconds <= 0 or transaction.status.is_terminal or not is_known(transaction):
            return transaction
        place = self.waiting_room.enter(user_id, seconds)
        if place is None:
            return transaction
        try:
            return self._watch(transaction, is_known, seconds)
        finally:
            self.waiting_room.leave(user_id, place)

    def _watch(
        self, transaction: Transaction, is_known: Callable[[Transaction], bool], seconds: float
    ) -> Transaction:
        pause = _FIRST_PAUSE_SECONDS
        while seconds > 0 and is_known(transaction) and not transaction.status.is_terminal:
            self.sleep(min(pause, seconds))
            seconds -= pause
            pause = min(pause * 1.5, _LONGEST_PAUSE_SECONDS)
            transaction = self(transaction.user_id, transaction.id)
        return transaction

    def _from_store(self, transaction_id: TransactionId) -> Transaction:
        with self.reading() as store:
            transaction = store.transactions.get(transaction_id)
        self.status.publish(transaction)
        return transaction
