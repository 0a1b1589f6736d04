"""Stop sending to addresses that bounced or complained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from offers.domain.user import EmailStatus
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class RecordBounce:
    """Marks may come twice or out of order; a complaint is never weakened to a bounce."""

    unit_of_work: UnitOfWork

    def __call__(self, addresses: Iterable[str], status: EmailStatus) -> int:
        """How many users have one of these addresses. Raises StoreUnavailable."""
        with self.unit_of_work() as work:
            return sum(work.users.mark_address(address, status) for address in addresses)
