"""Credits that wait for a second administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offers.domain.credit import CreditRequest, CreditStatus
    from offers.domain.ids import CreditRequestId
    from offers.ports.pages import Page, PageRequest


class Credits(Protocol):
    """Credits that wait, and what was decided about those that did."""

    def add(self, request: CreditRequest) -> None:
        """Raise CreditRequested (now, or at commit) if one with its reference is pending."""

    def find(self, request_id: UUID) -> CreditRequest | None:
        """None for an unknown id."""

    def lock(self, request_id: CreditRequestId) -> CreditRequest:
        """Hold the row until the unit of work ends, after its account's. Raise
        CreditRequestNotFound for an unknown id.
        """

    def decide(self, request: CreditRequest) -> None:
        """Store what was decided."""

    def expire(self, now: datetime) -> None:
        """Set aside what nobody decided about in time, so that its reference is free again."""

    def pending_under(self, external_reference: str, now: datetime) -> CreditRequest | None:
        """What waits under this reference."""

    def page(
        self, status: CreditStatus | None, now: datetime, request: PageRequest
    ) -> Page[CreditRequest]:
        """Newest first; of one status as it is now, or all."""
