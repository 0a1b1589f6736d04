"""Transactions: PENDING → PROCESSING → SUCCESS | FAILED. Terminal is terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.errors.activation import TransactionAlreadySettled, TransactionLeased

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import (
        AccountId,
        OfferId,
        PartnerId,
        SubscriptionId,
        TransactionId,
        UserId,
    )
    from offers.domain.money import Money

NO_TIME = timedelta(0)


class TransactionKind(StrEnum):
    """A first activation, or the renewal of a subscription for one more period."""

    ACTIVATION = "activation"
    RENEWAL = "renewal"


class Channel(StrEnum):
    """Who started it: the customer (or the system for them), or a partner."""

    CLIENT = "client"
    PARTNER = "partner"


class TransactionStatus(StrEnum):
    """Where a transaction stands."""

    PENDING = "PENDING"
    PROCESSING = "PROCESSING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"

    @property
    def is_terminal(self) -> bool:
        """Whether it can change no more."""
        return self in (TransactionStatus.SUCCESS, TransactionStatus.FAILED)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an activation was not made: a stable code and a sentence for the customer."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Transaction:
    """One purchase. Its id is also the operation id at the provisioning system.

    ``version`` grows with every change, so that readers never go backwards. ``lease_until`` is the
    end of the current worker's claim. ``attempts`` counts the tries that may have had an effect
    outside, ``turned_away`` those that certainly had none, since the other side was not ready.
    ``period_start`` (renewals only) is the ``expires_at`` that is being extended.
    """

    id: TransactionId
    kind: TransactionKind
    channel: Channel
    user_id: UserId
    offer_id: OfferId
    subscription_id: SubscriptionId
    account_id: AccountId
    amount: Money
    duration_days: int
    reference: str
    created_at: datetime
    updated_at: datetime
    status: TransactionStatus = TransactionStatus.PENDING
    version: int = 1
    attempts: int = 0
    turned_away: int = 0
    attention_reason: str | None = None
    lease_until: datetime | None = None
    partner_id: PartnerId | None = None
    partner_reference: str | None = None
    period_start: datetime | None = None
    provisioning_reference: str | None = None
    failure: Failure | None = None
    completed_at: datetime | None = None

    @property
    def attention_required(self) -> bool:
        """Whether a person must look: the outcome outside is unknown, and asking did not help."""
        return self.attention_reason is not None

    def claim(self, lease: timedelta, at: datetime, quiet: timedelta = NO_TIME) -> Transaction:
        """Take the work, or take over a claim whose lease has passed.

        ``quiet`` is how long nothing may have happened before: whoever wants to ask the
        provisioning system what became of the last try must give that try the time to arrive.
        Raises TransactionAlreadySettled or TransactionLeased.
        """
        self._require_open()
        free_at = max(self.lease_until or self.updated_at, self.updated_at + quiet)
        if free_at > at:
            raise TransactionLeased(self.id, free_at)
        return self._changed(
            at,
            status=TransactionStatus.PROCESSING,
            lease_until=at + lease,
            attempts=self.attempts + 1,
        )

    def release(self, at: datetime) -> Transaction:
        """Give the claim back without an outcome: the next try need not wait for the lease."""
        self._require_open()
        return self._changed(at, lease_until=None)

    def put_back(self, at: datetime) -> Transaction:
        """Give the claim back when certainly nothing was done with it: it was not a try."""
        self._require_open()
        return self._changed(at, lease_until=None, attempts=self.attempts - 1)

    def turn_away(self, at: datetime) -> Transaction:
        """The same, since the provisioning system would not take it on now."""
        return replace(self.put_back(at), turned_away=self.turned_away + 1)

    def flag(self, reason: str, at: datetime) -> Transaction:
        """Put it on the attention list; it stays PROCESSING until its outcome is known."""
        self._require_open()
        return self._changed(
            at, status=TransactionStatus.PROCESSING, lease_until=None, attention_reason=reason
        )

    def succeed(self, provisioning_reference: str, at: datetime) -> Transaction:
        """The service is active. Raises TransactionAlreadySettled."""
        self._require_open()
        return self._changed(
            at,
            status=TransactionStatus.SUCCESS,
            provisioning_reference=provisioning_reference,
            completed_at=at,
            lease_until=None,
            attention_reason=None,
        )

    def fail(self, failure: Failure, at: datetime) -> Transaction:
        """The service is definitely not active. Raises TransactionAlreadySettled."""
        self._require_open()
        return self._changed(
            at,
            status=TransactionStatus.FAILED,
            failure=failure,
            completed_at=at,
            lease_until=None,
            attention_reason=None,
        )

    def _require_open(self) -> None:
        if self.status.is_terminal:
            raise TransactionAlreadySettled(self.id, self.status)

    def _changed(self, at: datetime, **changes: object) -> Transaction:
        return replace(self, version=self.version + 1, updated_at=at, **changes)  # type: ignore[arg-type]  # replace() checks names at run time; callers above name real fields
