"""Administration over the real database; the outside is in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from offers.adapters.clock.ids import new_id
from offers.adapters.emails.writer import JinjaEmailWriter
from offers.domain.user import Role
from offers.ports.audit import AuditQuery
from offers.ports.pages import PageRequest
from offers.services.announce_outcome import AnnounceOutcome
from offers.services.change_offer import ChangeOffer
from offers.services.change_partner import ChangePartner
from offers.services.claim_transaction import ClaimTransaction
from offers.services.create_administrator import CreateAdministrator
from offers.services.create_offer import CreateOffer
from offers.services.create_partner import CreatePartner
from offers.services.create_user import CreateUser
from offers.services.dispatch_messages import DispatchMessages
from offers.services.issue_partner_key import IssuePartnerKey
from offers.services.move_credit import MoveCredit
from offers.services.resolve_by_operator import ResolveByOperator
from offers.services.revoke_partner_key import RevokePartnerKey
from offers.services.set_user_active import SetUserActive
from offers.services.settle_transaction import SettleTransaction
from tests.factories import NOW
from tests.fakes.api_keys import FakeApiKeys
from tests.fakes.catalogue_cache import FakeCatalogueCache
from tests.fakes.clock import FakeClock
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore

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

    def needs_rehash(self, password_hash: str) -> bool:
        return False


@dataclass
class World:
    """An administrator at work."""

    store: PostgresStore
    seed: Seed
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    cache: FakeCatalogueCache = field(default_factory=FakeCatalogueCache)
    api_keys: FakeApiKeys = field(default_factory=FakeApiKeys)
    queues: FakeQueues = field(default_factory=FakeQueues)
    status: FakeStatusStore = field(default_factory=FakeStatusStore)

    def __post_init__(self) -> None:
        work, clock = self.store.unit_of_work, self.clock
        self.admin = self.an_admin()
        self.create_offer = CreateOffer(work, self.cache, new_id)
        self.change_offer = ChangeOffer(work, self.cache, clock, new_id)
        self.create_user = CreateUser(work, PlainPasswords(), clock, new_id)
        self.create_administrator = CreateAdministrator(work, self.create_user)
        self.set_user_active = SetUserActive(work, clock, new_id)
        self.move_credit = MoveCredit(work, clock, new_id)
        self.create_partner = CreatePartner(work, clock, new_id)
        self.change_partner = ChangePartner(work, self.api_keys, clock, new_id)
        self.issue_key = IssuePartnerKey(work, self.api_keys, clock, new_id)
        self.revoke_key = RevokePartnerKey(work, self.api_keys, clock, new_id)
        self.claim = ClaimTransaction(work, self.status, clock)
        dispatch = DispatchMessages(self.queues, work)
        announce = AnnounceOutcome(JinjaEmailWriter(), new_id)
        self.settle = SettleTransaction(work, self.status, announce, dispatch, clock, new_id)
        self.resolve = ResolveByOperator(self.store.reading, self.claim, self.settle, clock, new_id)

    @property
    def admin_id(self) -> UserId:
        return self.admin.id

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
