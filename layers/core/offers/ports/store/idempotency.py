"""Which request already had which result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from offers.domain.idempotency import IdempotencyKey


class Idempotency(Protocol):
    """Keys, each bound to one caller and one request, in the commit of what it led to."""

    def claimed_before(
        self, key: IdempotencyKey | None, result_id: UUID, at: datetime
    ) -> UUID | None:
        """Bind the key to ``result_id``; bound before, return the earlier result's id. Without a
        key nothing is bound, and None.

        Waits a moment for a twin that is still running. Raises IdempotencyInProgress if it goes on,
        and IdempotencyKeyReused if the key was used with another request.
        """

    def delete_before(self, before: datetime, limit: int) -> int:
        """Forget at most ``limit`` keys claimed before ``before``; how many went."""
