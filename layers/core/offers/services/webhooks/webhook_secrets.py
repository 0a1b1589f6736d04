"""The secrets that sign webhooks: made, kept sealed, and opened to sign."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from offers.domain.ids import PartnerId
    from offers.ports.outside.secret_box import SecretBox
    from offers.ports.outside.webhook_secrets import NewWebhookSecret

_PLAIN = "whsec_"


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """``plain`` is shown to the partner once; ``sealed`` is what is stored."""

    plain: str = field(repr=False)
    sealed: str


@dataclass(frozen=True)
class WebhookSecrets:
    """A secret opens for its own partner only.

    One from before secrets were sealed is used as it is, until ``SealWebhookSecrets`` has run.
    """

    new_webhook_secret: NewWebhookSecret
    secret_box: SecretBox

    def make(self, partner_id: PartnerId) -> MadeSecret:
        """A new one. Raises SealingKeysUnavailable."""
        plain = self.new_webhook_secret()
        return MadeSecret(plain, self._seal(plain, partner_id))

    def open(self, stored: str, partner_id: PartnerId) -> str:
        """What signs. Raises SealBroken or SealingKeysUnavailable."""
        if stored.startswith(_PLAIN):
            return stored
        return self.secret_box.open(stored, _purpose(partner_id)).decode()

    def renewed(self, stored: str, partner_id: PartnerId) -> str:
        """The same secret under the key that seals now. Raises like ``open``."""
        plain = self.open(stored, partner_id)
        return stored if self.secret_box.is_current(stored) else self._seal(plain, partner_id)

    def _seal(self, plain: str, partner_id: PartnerId) -> str:
        return self.secret_box.seal(plain.encode(), _purpose(partner_id))


def _purpose(partner_id: PartnerId) -> str:
    return f"webhook_secret:{partner_id}"
