"""Who calls with an API key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.partner import Partner
    from offers.ports.store import Reading


@dataclass(frozen=True)
class IdentifyPartner:
    """From the id of the key that API Gateway has checked; nothing else in a request says it."""

    reading: Reading

    def __call__(self, api_key_id: str) -> Partner:
        """Raises UnknownApiKey (also for a revoked key or an inactive partner) or
        StoreUnavailable.
        """
        with self.reading() as store:
            return store.partners.of_api_key(api_key_id)
