"""What follows when sessions were revoked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import timedelta

    from offers.domain.ids import SessionId
    from offers.ports.clock import Clock
    from offers.ports.outside.denylist import Denylist


@dataclass(frozen=True)
class DenySessions:
    """No access token of theirs is good any more, whichever of them it is.

    To be called after the commit that revoked the sessions: whoever prolonged one has committed
    before, so none of its tokens expires later than one made now. If the commit fails nothing is
    denied, and the request can be sent again.
    """

    denylist: Denylist
    access_ttl: timedelta
    clock: Clock

    def __call__(self, session_ids: Collection[SessionId]) -> None:
        """Never raises."""
        if session_ids:
            self.denylist.deny(session_ids, self.clock() + self.access_ttl)
