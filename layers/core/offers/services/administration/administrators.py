"""Who may administer: asked of the store, since a token may be older than a deactivation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.audit import Administrator
from offers.domain.errors.administration import NotPermitted
from offers.domain.errors.customers import UserNotFound

if TYPE_CHECKING:
    from offers.domain.ids import UserId
    from offers.ports.store.work import Work


def administrator(work: Work, user_id: UserId) -> Administrator:
    """Raise NotPermitted unless the user is an active administrator at this moment."""
    try:
        return Administrator.of(work.users.get(user_id))
    except UserNotFound:
        raise NotPermitted from None
