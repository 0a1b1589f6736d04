"""Give a partner a key."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from offers.domain.audit import AuditAction, Change
from offers.domain.ids import AuditEventId
from offers.domain.partner import PartnerApiKey, require_room_for_key
from offers.ports.outside.api_keys import ApiKeysUnavailable
from offers.services.administration.administrators import administrator

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId, UserId
    from offers.domain.partner import Partner
    from offers.ports.clock import Clock
    from offers.ports.ids import NewId
    from offers.ports.outside.api_keys import ApiKeys, IssuedKey
    from offers.ports.store.work import UnitOfWork, Work


@dataclass(frozen=True, slots=True)
class NewKey:
    """The only time that ``value`` is shown."""

    key: PartnerApiKey
    value: str = field(repr=False)


@dataclass(frozen=True)
class IssuePartnerKey:
    """The old key goes on working until it is revoked; a partner has two at most.

    The gateway is asked between two units of work, so that no lock is held meanwhile. A key that
    the gateway made but we could not store is taken back; should that fail too, it opens nothing,
    because partners are found by the keys that we stored.
    """

    unit_of_work: UnitOfWork
    api_keys: ApiKeys
    clock: Clock
    new_id: NewId

    def __call__(self, admin_id: UserId, partner_id: PartnerId, reason: str) -> NewKey:
        """Raises NotPermitted, PartnerNotFound, TooManyApiKeys, ApiKeysUnavailable or
        StoreUnavailable.
        """
        with self.unit_of_work() as work:
            administrator(work, admin_id)
            partner = _with_room(work, partner_id)
        issued = self.api_keys.issue(partner.name, partner.usage_plan)
        try:
            key = self._store(admin_id, partner_id, issued, reason)
        except BaseException:
            with suppress(ApiKeysUnavailable):
                self.api_keys.revoke(issued.api_key_id)
            raise
        return NewKey(key, issued.value)

    def _store(
        self, admin_id: UserId, partner_id: PartnerId, issued: IssuedKey, reason: str
    ) -> PartnerApiKey:
        at = self.clock()
        key_hash = hashlib.sha256(issued.value.encode()).digest()
        key = PartnerApiKey(issued.api_key_id, partner_id, key_hash, at)
        change = Change(
            AuditAction.PARTNER_KEY_ISSUED,
            f"partner:{partner_id}",
            after={"api_key_id": key.api_key_id},
        )
        with self.unit_of_work() as work:
            admin = administrator(work, admin_id)
            _with_room(work, partner_id)  # another administrator may have been faster
            work.partners.add_key(key)
            work.audit.add(admin.did(AuditEventId(self.new_id()), change, reason, at))
        return key


def _with_room(work: Work, partner_id: PartnerId) -> Partner:
    partner = work.partners.lock(partner_id)
    require_room_for_key(work.partners.keys(partner_id))
    return partner
