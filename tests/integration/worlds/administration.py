"""Administration over the real database; the outside is in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from offers.adapters.secrets.aes_gcm_secret_box import AesGcmSecretBox
from offers.domain.credit import FourEyes
from offers.domain.user import Role
from offers.domain.webhook_url import WebhookRules
from offers.ports.pages import PageRequest
from offers.ports.store.audit import AuditQuery
from offers.services.activation.claim_transaction import ClaimTransaction
from offers.services.activation.resolve_by_operator import ResolveByOperator
from offers.services.activation.settle_transaction import SettleTransaction
from offers.services.catalogue.change_offer import ChangeOffer
from offers.services.catalogue.create_offer import CreateOffer
from offers.services.customers.create_administrator import CreateAdministrator
from offers.services.customers.create_user import CreateUser
from offers.services.customers.set_user_active import SetUserActive
from offers.services.ledger.decide_credit import DecideCredit
from offers.services.ledger.move_credit import CreditMoved, MoveCredit
from offers.services.ledger.views import ListCredits
from offers.services.partners.change_partner import ChangePartner
from offers.services.partners.create_partner import CreatePartner
from offers.services.partners.issue_partner_key import IssuePartnerKey
from offers.services.partners.revoke_partner_key import RevokePartnerKey
from offers.services.webhooks.webhook_secrets import WebhookSecrets
from offers.wiring import Maker
from tests.factories import NOW
from tests.fakes.api_keys import FakeApiKeys
from tests.fakes.catalogue_cache import FakeCatalogueCache
from tests.fakes.clock import FakeClock
from tests.fakes.denylist import FakeDenylist
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore
from tests.sealing import KeysAtHand

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.audit import AuditEvent
    from offers.domain.ids import UserId
    from offers.domain.transaction import Transaction
    from offers.domain.user import User
    from tests.seed import Seed

WHY = "because of a test"


class PlainPasswords:
    """Port Passwords, quick and recognisable."""

    def hash(self, password: str) -> str:
        return f"hashed:{password}"

    def verify(self, password: str, password_hash: str | None) -> bool:
        return password_hash == self.hash(password)

    def is_common(self, password: str) -> bool:
        return False

    def needs_rehash(self, password: str, password_hash: str) -> bool:
        return False


@dataclass
class World:
    """An administrator at work."""

    store: PostgresStore
    seed: Seed
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    cache: FakeCatalogueCache = field(default_factory=FakeCatalogueCache)
    api_keys: FakeApiKeys = field(default_factory=FakeApiKeys)
    denylist: FakeDenylist = field(default_factory=FakeDenylist)
    queues: FakeQueues = field(default_factory=FakeQueues)
    status: FakeStatusStore = field(default_factory=FakeStatusStore)
    sealing_keys: KeysAtHand = field(default_factory=KeysAtHand)

    def __post_init__(self) -> None:
        make = Maker(
            unit_of_work=self.store.unit_of_work,
            reading=self.store.reading,
            clock=self.clock,
            catalogue_cache=self.cache,
            api_keys=self.api_keys,
            queues=self.queues,
            denylist=self.denylist,
            access_ttl=timedelta(minutes=15),
            status=self.status,
            passwords=PlainPasswords(),
            webhook_rules=WebhookRules(),
            four_eyes=FourEyes(Decimal(10_000), {}),
            secret_box=AesGcmSecretBox(self.sealing_keys),
        )
        self.admin = self.an_admin()
        self.create_offer = make(CreateOffer)
        self.change_offer = make(ChangeOffer)
        self.create_user = make(CreateUser)
        self.create_administrator = make(CreateAdministrator)
        self.set_user_active = make(SetUserActive)
        self.move_credit = make(MoveCredit)
        self.decide_credit = make(DecideCredit)
        self.list_credits = make(ListCredits)
        self.webhook_secrets = make(WebhookSecrets)
        self.create_partner = make(CreatePartner)
        self.change_partner = make(ChangePartner)
        self.issue_key = make(IssuePartnerKey)
        self.revoke_key = make(RevokePartnerKey)
        self.claim = make(ClaimTransaction)
        self.settle = make(SettleTransaction)
        self.resolve = make(ResolveByOperator)

    @property
    def admin_id(self) -> UserId:
        return self.admin.id

    def credited(self, *order: Any) -> CreditMoved:
        """One that needs no second administrator."""
        result = self.move_credit(*order)
        assert isinstance(result, CreditMoved)
        return result

    def an_admin(self) -> User:
        return self.seed.a_customer("0.00", role=Role.ADMIN)

    def a_flagged_transaction(self, balance: str = "100.00") -> Transaction:
        """Claimed by a worker that could not find out what happened."""
        user = self.seed.a_customer(balance)
        purchase = self.seed.a_purchase(user, self.seed.an_offer(), at=self.clock())
        claimed = self.claim(purchase.transaction.id).transaction
        flagged = self.claim.flag(claimed, "nobody knows")
        assert flagged is not None
        self.clock.now += timedelta(seconds=1)
        return flagged

    def audit(self, **query: Any) -> tuple[AuditEvent, ...]:
        """Newest first."""
        with self.store.reading() as store:
            return store.audit.page(AuditQuery(**query), PageRequest(100)).items

    def is_ledger_clean(self) -> bool:
        with self.store.reading() as store:
            return store.ledger.verify(self.clock(), 5).is_clean
