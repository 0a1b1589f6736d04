"""Take a partner's key back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.errors.partners import ApiKeyNotFound
from offers.domain.ids import AuditEventId
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId, UserId
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.api_keys import ApiKeys
    from offers.ports.store.work import UnitOfWork


@dataclass(frozen=True)
class RevokePartnerKey:
    """It opens nothing from the commit on; then the gateway forgets it too."""

    unit_of_work: UnitOfWork
    api_keys: ApiKeys
    clock: Clock
    new_id: NewId

    def __call__(
        self, admin_id: UserId, partner_id: PartnerId, api_key_id: str, reason: str
    ) -> None:
        """Revoking twice is the same as once. Raises NotPermitted, PartnerNotFound, ApiKeyNotFound
        or StoreUnavailable. After ApiKeysUnavailable the key is revoked, but the gateway still
        counts its calls: send it again.
        """
        at = self.clock()
        change = Change(
            AuditAction.PARTNER_KEY_REVOKED,
            f"partner:{partner_id}",
            before={"api_key_id": api_key_id},
        )
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            work.partners.lock(partner_id)
            keys = {key.api_key_id: key for key in work.partners.keys(partner_id)}
            if api_key_id not in keys:
                raise ApiKeyNotFound
            if keys[api_key_id].is_valid:
                work.partners.save_key(keys[api_key_id].revoke(at))
                work.audit.add(admin.did(AuditEventId(self.new_id()), change, reason, at))
        self.api_keys.revoke(api_key_id)
