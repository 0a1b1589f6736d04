"""Partners' services over real PostgreSQL; queues and the partner's endpoint are in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from offers.adapters.secrets.aes_gcm_secret_box import AesGcmSecretBox
from offers.domain.messages import EmailOutcome
from offers.domain.outbox import Topic
from offers.domain.outcome import Activated, Refused
from offers.ports.outside.webhook_calls import CallResult
from offers.ports.pages import PageRequest
from offers.services.activation.claim_transaction import ClaimTransaction
from offers.services.activation.settle_transaction import SettleTransaction
from offers.services.outbox.relay_outbox import RelayOutbox
from offers.services.partners.activate_for_partner import ActivateForPartner
from offers.services.partners.views import IdentifyPartner
from offers.services.webhooks.deliver_webhook import CallOutcome, DeliverWebhook
from offers.services.webhooks.list_webhook_deliveries import ListWebhookDeliveries
from offers.services.webhooks.record_webhook_outcome import DeliveryStep, RecordWebhookOutcome
from offers.services.webhooks.replay_webhook_delivery import ReplayWebhookDelivery
from offers.wiring import Maker
from tests.factories import NOW
from tests.fakes.clock import FakeClock
from tests.fakes.queues import FakeOutcomeReports, FakeQueues
from tests.fakes.status_store import FakeStatusStore
from tests.partner_factories import a_credit_account, a_partner, an_api_key, call_of
from tests.sealing import KeysAtHand

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.account import Account
    from offers.domain.partner import Partner
    from offers.domain.transaction import Transaction
    from offers.ports.store.webhooks import DeliveryView
    from tests.seed import Seed


@dataclass
class FakeEndpoint:
    """Port WebhookSender. Answers each call with ``status``; None: not at all."""

    status: int | None = 200
    retry_after_seconds: int | None = None
    calls: list[dict[str, Any]] = field(default_factory=list)

    def post(self, url: str, headers: Mapping[str, str], body: str) -> CallResult:
        self.calls.append({"url": url, "headers": dict(headers), "body": body})
        return CallResult(
            self.status, "" if self.status else "timeout", 7, self.retry_after_seconds
        )


@dataclass
class PartnerWorld:
    """Time moves by hand."""

    store: PostgresStore
    seed: Seed
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOW))
    wall_clock: FakeClock | None = None
    queues: FakeQueues = field(default_factory=FakeQueues)
    endpoint: FakeEndpoint = field(default_factory=FakeEndpoint)
    outcomes: FakeOutcomeReports = field(default_factory=FakeOutcomeReports)
    status: FakeStatusStore = field(default_factory=FakeStatusStore)
    sealing_keys: KeysAtHand = field(default_factory=KeysAtHand)

    def __post_init__(self) -> None:
        self.secret_box = AesGcmSecretBox(self.sealing_keys)
        make = Maker(
            secret_box=self.secret_box,
            unit_of_work=self.store.unit_of_work,
            reading=self.store.reading,
            clock=self.clock,
            wall_clock=self.wall_clock or self.clock,
            queues=self.queues,
            status=self.status,
            webhook_sender=self.endpoint,
            outcomes=self.outcomes,
        )
        self.identify = make(IdentifyPartner)
        self.activate = make(ActivateForPartner)
        self.claim = make(ClaimTransaction)
        self.settle = make(SettleTransaction)
        self.deliver = make(DeliverWebhook)
        self.record = make(RecordWebhookOutcome)
        self.list_deliveries = make(ListWebhookDeliveries)
        self.replay = make(ReplayWebhookDelivery)
        self.relay = make(RelayOutbox)

    def a_partner(self, limit: str = "1000.00", **changes: Any) -> Partner:
        """A stored partner with an API key and credit."""
        partner = a_partner(**changes)
        with self.store.unit_of_work() as work:
            work.partners.add(partner, a_credit_account(partner, limit))
            work.partners.add_key(an_api_key(partner, api_key_id=f"key-of-{partner.id}"))
        return partner

    def account_of(self, partner: Partner) -> Account:
        with self.store.reading() as store:
            return store.partners.account_of(partner.id)

    def ends(self, transaction: Transaction, *, well: bool = True) -> Transaction:
        """The provisioning system decides."""
        claimed = self.claim(transaction.id)
        verdict = Activated("P-1") if well else Refused("no_line", "There is no line.")
        return self.settle(claimed, verdict).transaction

    def deliver_all(self) -> list[CallOutcome]:
        """What waits in the webhook queue goes out, and its outcomes are recorded."""
        waiting = self.queues.take(Topic.WEBHOOK)
        outcomes = [self.deliver(call_of(message)) for message in waiting]
        self.record_all()
        return outcomes

    def record_all(self) -> list[DeliveryStep]:
        reported, self.outcomes.reported = self.outcomes.reported, []
        webhooks = [each for each in reported if not isinstance(each, EmailOutcome)]
        return [self.record(outcome) for outcome in webhooks]

    def wait(self, **time: float) -> list[CallOutcome]:
        """Later, the relay runs and the queue is worked on."""
        self.clock.now += timedelta(**time)
        self.relay(lambda: True)
        return self.deliver_all()

    def deliveries(self, partner: Partner) -> tuple[DeliveryView, ...]:
        return self.list_deliveries(partner.id, None, PageRequest(100)).items

    def delivery(self, partner: Partner) -> DeliveryView:
        """The only one."""
        (view,) = self.deliveries(partner)
        return view
