"""Partners in the store. Lock order: account, transaction, subscription, partner, then delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.account import Account
    from offers.domain.ids import PartnerId
    from offers.domain.partner import Partner, PartnerApiKey
    from offers.domain.partner_usage import PartnerUsage
    from offers.ports.pages import Page, PageRequest


@dataclass(frozen=True, slots=True)
class Payer:
    """A partner about to buy: its account and usage are held until the unit of work ends."""

    partner: Partner
    account: Account
    usage: PartnerUsage


class Partners(Protocol):
    """Companies that order for customers."""

    def get(self, partner_id: PartnerId) -> Partner:
        """Raise PartnerNotFound for an unknown id."""

    def lock(self, partner_id: PartnerId) -> Partner:
        """Hold the row. Raise PartnerNotFound for an unknown id."""

    def of_api_key(self, api_key_id: str) -> Partner:
        """The active partner with this valid key. Raise UnknownApiKey if there is none."""

    def page(self, request: PageRequest) -> Page[Partner]:
        """Newest first."""

    def add(self, partner: Partner, account: Account) -> None:
        """Store a new partner with its account; PartnerNameTaken now, or at commit."""

    def save(self, partner: Partner, before: Partner) -> None:
        """Store what differs from ``before``, as it was when it was locked; PartnerNameTaken now,
        or at commit.
        """

    def keys(self, partner_id: PartnerId) -> tuple[PartnerApiKey, ...]:
        """Its keys, valid and revoked, oldest first."""

    def add_key(self, key: PartnerApiKey) -> None:
        """Store a new key."""

    def save_key(self, key: PartnerApiKey) -> None:
        """Store that it was revoked."""

    def account_of(self, partner_id: PartnerId) -> Account:
        """Read without locking. Raise PartnerNotFound for an unknown id."""

    def lock_account(self, partner_id: PartnerId) -> Account:
        """Hold the account. Raise PartnerNotFound for an unknown id."""

    def save_credit_limit(self, account: Account) -> None:
        """Store a locked account's new limit."""

    def lock_payer(self, partner_id: PartnerId) -> Payer:
        """Hold account and usage. Raise UnknownApiKey unless the partner is active."""

    def save_usage(self, usage: PartnerUsage) -> None:
        """Store a locked usage."""

    def note_webhook_success(self, partner_id: PartnerId) -> None:
        """Its endpoint works: forget since when it failed. Changes no version."""

    def note_webhook_failure(self, partner_id: PartnerId, at: datetime) -> None:
        """Its endpoint fails, since ``at`` or longer. Changes no version."""
