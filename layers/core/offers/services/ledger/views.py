"""What is read of the ledger, and nothing decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.domain.account import Account
    from offers.domain.ids import UserId
    from offers.ports.store.work import Reading
    from offers.services.ledger.verify_ledger import VerifyLedger


@dataclass(frozen=True)
class GetBalance:
    """Always from the store: money is never read from a cache."""

    reading: Reading

    def __call__(self, user_id: UserId) -> Account:
        """Raises UserNotFound or StoreUnavailable."""
        with self.reading() as store:
            return store.accounts.of_user(user_id)


@dataclass(frozen=True)
class LatestLedgerVerification:
    """The document of the newest report; on a stage so new that there is none, of one made now."""

    reading: Reading
    verify: VerifyLedger

    def __call__(self, admin_id: UserId) -> Mapping[str, Any]:
        """Raises NotPermitted or StoreUnavailable."""
        with self.reading() as store:
            administrator(store, admin_id)
            report = store.ledger.latest()
        return self.verify().document() if report is None else report
