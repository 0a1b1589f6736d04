"""Keep every webhook secret under the key that seals now."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from offers.domain.errors.partners import PartnerNotFound
from offers.ports.outside.secret_box import SealBroken
from offers.ports.pages import PageRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from offers.domain.ids import PartnerId
    from offers.domain.partner import Partner
    from offers.domain.webhook import WebhookEndpoint
    from offers.ports.clock import Clock
    from offers.ports.store.work import Reading, UnitOfWork
    from offers.services.webhooks.webhook_secrets import WebhookSecrets

logger = logging.getLogger(__name__)

BATCH = 100


@dataclass(frozen=True)
class SealWebhookSecrets:
    """Seals what was stored before secrets were sealed, and anew what an older key sealed: when it
    has run, that key can be taken away. Nothing else about a partner changes, nor its version.
    """

    reading: Reading
    unit_of_work: UnitOfWork
    webhook_secrets: WebhookSecrets
    clock: Clock

    def __call__(self, has_time: Callable[[], bool]) -> Mapping[str, int]:
        """How many partners' secrets were ``sealed`` and how many are ``broken``; what there was no
        time for is done by the next run. Raises SealingKeysUnavailable or StoreUnavailable.
        """
        total: Counter[str] = Counter(sealed=0, broken=0)
        request = PageRequest(BATCH)
        while has_time():
            with self.reading() as store:
                page = store.partners.page(request)
            total.update(filter(None, map(self._look_at, page.items)))
            if page.next is None:
                break
            request = PageRequest(BATCH, page.next)
        return total

    def _look_at(self, partner: Partner) -> str | None:
        try:
            if partner.webhook is None or self._renewed(partner) == partner.webhook:
                return None
            self._seal(partner.id)
        except SealBroken:
            logger.error("a webhook secret does not open", extra={"partner_id": str(partner.id)})  # noqa: TRY400  # a trace would say no more
            return "broken"
        except PartnerNotFound:
            return None
        return "sealed"

    def _seal(self, partner_id: PartnerId) -> None:
        with self.unit_of_work() as work:
            partner = work.partners.lock(partner_id)
            work.partners.save(replace(partner, webhook=self._renewed(partner)), partner)

    def _renewed(self, partner: Partner) -> WebhookEndpoint | None:
        if partner.webhook is None:
            return None
        return partner.webhook.forget_expired(self.clock()).with_secrets(
            lambda secret: self.webhook_secrets.renewed(secret, partner.id)
        )
