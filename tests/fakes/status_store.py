"""Port TransactionStatusStore in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId
    from offers.domain.transaction import Transaction


class FakeStatusStore:
    """``is_away`` makes it forget what it is told and know nothing, as a dead Redis would."""

    def __init__(self) -> None:
        self.stored: dict[TransactionId, Transaction] = {}
        self.is_away = False

    def publish(self, transaction: Transaction) -> None:
        stored = self.stored.get(transaction.id)
        if not self.is_away and (stored is None or stored.version <= transaction.version):
            self.stored[transaction.id] = transaction

    def find(self, transaction_id: TransactionId) -> Transaction | None:
        return None if self.is_away else self.stored.get(transaction_id)
