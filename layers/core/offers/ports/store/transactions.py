"""Purchases and how they ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import (
        PartnerId,
        TransactionId,
        UserId,
    )
    from offers.domain.story import StoryEvent
    from offers.domain.transaction import Transaction, TransactionKind, TransactionStatus
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class TransactionQuery:
    """Filters; ``created_from`` is inclusive, ``created_to`` exclusive.

    ``partner_reference`` is unique within a partner, so it goes with ``partner_id``.
    """

    user_id: UserId | None = None
    status: TransactionStatus | None = None
    kind: TransactionKind | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None
    partner_id: PartnerId | None = None
    reference: str | None = None
    partner_reference: str | None = None
    attention_required: bool | None = None
    is_oldest_first: bool = False


@dataclass(frozen=True, slots=True)
class TransactionView:
    """A transaction as operators see it: with the names that its ids stand for."""

    transaction: Transaction
    username: str
    offer_code: str
    partner_name: str | None


class Transactions(Protocol):
    """One row a purchase, locked while its status changes."""

    def get(self, transaction_id: TransactionId) -> Transaction:
        """Raise TransactionNotFound for an unknown id."""

    def lock(self, transaction_id: TransactionId) -> Transaction:
        """Hold the row. Raise TransactionNotFound for an unknown id."""

    def add(self, transaction: Transaction) -> None:
        """Raise RenewalInProgress (now, or at commit) for a second renewal of one period."""

    def save(self, transaction: Transaction) -> None:
        """Store the next version of a locked transaction."""

    def page(self, query: TransactionQuery, request: PageRequest) -> Page[Transaction]:
        """Newest first."""

    def search(self, query: TransactionQuery, request: PageRequest) -> Page[TransactionView]:
        """With names; newest first, or oldest first if the query says so."""

    def view(self, transaction_id: TransactionId) -> TransactionView:
        """With names. Raise TransactionNotFound for an unknown id."""

    def unsettled_since(
        self, before: datetime, limit: int, given_up_before: datetime | None = None
    ) -> tuple[TransactionId, ...]:
        """Open transactions last touched before ``before`` whose lease (if any) has passed, oldest
        first.

        With ``given_up_before`` also without those whose message still waits in the outbox, unless
        they were accepted before it.
        """

    def untried_since(self, before: datetime, limit: int) -> tuple[TransactionId, ...]:
        """Open transactions last touched before ``before`` that nobody holds, nobody has ever tried
        or turned away, and whose message is not in the outbox; oldest first.
        """

    def story(self, transaction_id: TransactionId) -> tuple[StoryEvent, ...]:
        """Everything recorded about it, from all tables, in time order; empty for an unknown id."""

    def find_order(self, partner_id: PartnerId, partner_reference: str) -> Transaction | None:
        """The order that the partner gave this reference, if it gave it to any."""

    def order(self, partner_id: PartnerId, reference: str) -> Transaction:
        """The order of this partner that we gave this reference.

        Raise ReferenceNotFound for an unknown one and for another partner's, which look the same
        and cost the same.
        """
