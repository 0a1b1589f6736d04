"""Who changed what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.audit import AuditEvent
    from offers.domain.ids import UserId
    from offers.ports.pages import Page, PageRequest
    from offers.ports.store.audit import AuditQuery
    from offers.ports.store.work import Reading


@dataclass(frozen=True)
class ListAuditEvents:
    """Who changed what, newest first."""

    reading: Reading

    def __call__(
        self, admin_id: UserId, query: AuditQuery, request: PageRequest
    ) -> Page[AuditEvent]:
        """Raises NotPermitted, InvalidCursor or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            return store.audit.page(query, request)
