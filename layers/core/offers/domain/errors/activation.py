"""Facts that stop a purchase, or the work on one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.errors import DomainError, NotFound, RetryableError

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import TransactionId


class TransactionNotFound(NotFound):
    code = "transaction_not_found"

    def __init__(self) -> None:
        super().__init__("There is no such transaction.")


class TransactionAlreadySettled(DomainError):
    """Terminal is terminal."""

    code = "transaction_already_settled"

    def __init__(self, transaction_id: TransactionId, status: str) -> None:
        super().__init__(f"The transaction is {status} already.")
        self.transaction_id = transaction_id


class TransactionLeased(DomainError):
    """Another worker holds the claim until ``until``."""

    code = "transaction_leased"

    def __init__(self, transaction_id: TransactionId, until: datetime) -> None:
        super().__init__("Another worker is on this transaction.")
        self.transaction_id = transaction_id
        self.until = until


class IdempotencyInProgress(RetryableError):
    code = "idempotency_in_progress"

    def __init__(self) -> None:
        super().__init__("A request with this Idempotency-Key is still running.", 1)


class IdempotencyKeyReused(DomainError):
    code = "idempotency_key_reused"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used with another request.")
