"""Webhooks from the settled order to the recorded attempt, and what happens when nobody answers."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from offers.adapters.webhooks.signer import StandardWebhookSigner
from offers.domain.errors.webhooks import (
    ReplayLimitReached,
    WebhookDeliveryNotFound,
    WebhookDisabled,
    WebhookNotConfigured,
)
from offers.domain.ids import WebhookDeliveryId
from offers.domain.messages import PartnerEmail, WebhookExpired, WebhookOutcome
from offers.domain.outbox import Topic
from offers.domain.partner_changes import PartnerChanges
from offers.domain.webhook import DISABLE_AFTER, MAX_REPLAYS, DeliveryStatus
from offers.ports import message_codec
from offers.ports.errors import StoreUnavailable
from offers.ports.pages import PageRequest
from offers.ports.store.webhooks import ATTEMPTS_SHOWN
from offers.services.administration.prune_expired import PruneExpired
from offers.services.webhooks.deliver_webhook import CallOutcome
from offers.services.webhooks.record_webhook_outcome import DeliveryStep
from offers.services.webhooks.sign_deliveries import SignDeliveries
from offers.wiring import Maker
from tests.factories import NOW, new_id
from tests.fakes.clock import FakeClock
from tests.fakes.queues import QueueAway
from tests.integration.worlds.partners import PartnerWorld
from tests.partner_factories import an_endpoint, an_order, call_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.partner import Partner
    from tests.seed import Seed

pytestmark = pytest.mark.integration


@pytest.fixture
def partner(world: PartnerWorld) -> Partner:
    return world.a_partner(webhook=an_endpoint())


def an_event(world: PartnerWorld, partner: Partner, *, well: bool = True) -> None:
    """An order of the partner ends."""
    order = an_order(world.seed.a_customer(), world.seed.an_offer())
    world.ends(world.activate(partner.id, order).transaction, well=well)


@pytest.mark.parametrize(
    ("well", "event"), [(True, "activation.succeeded"), (False, "activation.failed")]
)
def test_the_partner_is_told_how_its_order_ended(
    world: PartnerWorld, partner: Partner, well: bool, event: str
) -> None:
    an_event(world, partner, well=well)

    assert world.deliver_all() == [CallOutcome.DELIVERED]
    (call,) = world.endpoint.calls
    view = world.delivery(partner)
    assert partner.webhook is not None
    assert call["url"] == partner.webhook.url
    assert json.loads(call["body"])["type"] == event
    assert call["headers"]["Content-Type"] == "application/json"
    signer, secrets = StandardWebhookSigner(), [partner.webhook.secret]
    expected = signer.sign(view.delivery.id, call["body"], secrets, NOW)
    assert call["headers"].items() >= expected.items()
    assert (view.delivery.status, view.delivery.event) == (DeliveryStatus.DELIVERED, event)
    assert [(a.number, a.http_status, a.error) for a in view.attempts] == [(1, 200, "")]


def test_a_customers_own_order_concerns_no_partner(world: PartnerWorld, partner: Partner) -> None:
    purchase = world.seed.a_purchase(world.seed.a_customer(), world.seed.an_offer())
    world.ends(purchase.transaction)

    assert world.queues.on(Topic.WEBHOOK) == []


def test_without_a_webhook_nothing_is_kept(world: PartnerWorld) -> None:
    partner = world.a_partner()
    an_event(world, partner)

    assert world.deliveries(partner) == ()
    assert world.queues.on(Topic.WEBHOOK) == []


def test_no_secret_enters_outbox_or_queue(
    world: PartnerWorld, partner: Partner, engine: Engine
) -> None:
    world.queues.is_away = True
    an_event(world, partner)
    with engine.connect() as connection:
        stored = connection.execute(text("SELECT payload::text FROM outbox")).scalars().all()
    world.queues.is_away = False
    world.clock.now += timedelta(minutes=1)
    world.relay(lambda: True)

    assert partner.webhook is not None
    secret = partner.webhook.secret.removeprefix("whsec_")
    sent = [json.dumps(message_codec.write(each.content)) for each in world.queues.sent]
    assert len(sent) >= 2
    assert not any(secret in words for words in (*stored, *sent))
    assert partner.webhook.url not in "".join(stored), "the address of now is used"


def test_a_partner_that_is_away_is_tried_for_a_day(world: PartnerWorld, partner: Partner) -> None:
    world.endpoint.status = None
    an_event(world, partner)
    assert world.deliver_all() == [CallOutcome.NO_ANSWER]

    for _ in range(26):
        world.wait(hours=1)

    view = world.delivery(partner)
    assert view.delivery.status is DeliveryStatus.FAILED
    assert len(view.attempts) == len(world.endpoint.calls) == view.delivery.attempts
    assert 6 <= len(view.attempts) <= 20
    assert {attempt.error for attempt in view.attempts} == {"timeout"}
    assert len({call["headers"]["webhook-id"] for call in world.endpoint.calls}) == 1
    assert len({call["body"] for call in world.endpoint.calls}) == 1
    world.wait(days=2)
    assert len(world.endpoint.calls) == len(view.attempts), "given up"


def test_a_retry_waits_its_time_and_is_signed_anew(world: PartnerWorld, partner: Partner) -> None:
    world.endpoint.status = 500
    an_event(world, partner)
    assert world.deliver_all() == [CallOutcome.REFUSED]

    assert world.wait(seconds=59) == []
    world.endpoint.status = 200
    assert world.wait(seconds=60) == [CallOutcome.DELIVERED]

    first, second = (call["headers"] for call in world.endpoint.calls)
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 119
    assert [a.http_status for a in world.delivery(partner).attempts] == [500, 200]


def test_a_changed_address_and_secret_count_at_once(world: PartnerWorld, partner: Partner) -> None:
    world.endpoint.status = 500
    an_event(world, partner)
    world.deliver_all()
    with world.store.unit_of_work() as work:
        current = work.partners.lock(partner.id)
        changes = PartnerChanges(webhook_url="https://new.example/", rotates_webhook_secret=True)
        work.partners.save(current.change(changes, "whsec_bmV3", NOW), current)
    world.wait(minutes=5)

    call = world.endpoint.calls[-1]
    assert call["url"] == "https://new.example/"
    assert len(call["headers"]["webhook-signature"].split()) == 2


def test_an_old_signature_is_not_sent_but_renewed(world: PartnerWorld, partner: Partner) -> None:
    an_event(world, partner)
    world.clock.now += timedelta(minutes=5)  # the queue was late

    assert world.deliver_all() == [CallOutcome.EXPIRED]
    assert world.endpoint.calls == []
    assert world.deliver_all() == [CallOutcome.DELIVERED]
    assert [attempt.number for attempt in world.delivery(partner).attempts] == [1]


def test_outcomes_that_come_twice_or_late_count_once(world: PartnerWorld, partner: Partner) -> None:
    world.endpoint.status = 500
    an_event(world, partner)
    (message,) = world.queues.take(Topic.WEBHOOK)
    world.deliver(call_of(message))
    world.deliver(call_of(message))
    (made, _) = world.outcomes.reported
    assert isinstance(made, WebhookOutcome)

    steps = world.record_all()
    assert steps == [DeliveryStep.RETRIED, DeliveryStep.KNOWN]
    expired = WebhookExpired(made.delivery_id, made.partner_id, made.attempt, made.at)
    assert world.record(expired) is DeliveryStep.KNOWN
    world.endpoint.status = 200
    world.wait(minutes=5)
    assert world.record(made) is DeliveryStep.KNOWN
    late = replace(made, attempt=7, at=world.clock())
    assert world.record(late) is DeliveryStep.KNOWN, "it was delivered meanwhile"
    assert world.delivery(partner).delivery.status is DeliveryStatus.DELIVERED
    with pytest.raises(WebhookDeliveryNotFound):
        world.record(replace(made, delivery_id=WebhookDeliveryId(new_id())))
    with pytest.raises(WebhookDeliveryNotFound):
        world.record(replace(made, partner_id=world.a_partner().id))


def test_an_outcome_that_cannot_be_reported_brings_the_message_back(
    world: PartnerWorld, partner: Partner
) -> None:
    an_event(world, partner)
    world.outcomes.is_away = True

    with pytest.raises(QueueAway):
        world.deliver_all()


def test_a_delivered_event_can_be_replayed(world: PartnerWorld, partner: Partner) -> None:
    an_event(world, partner)
    world.deliver_all()
    delivery_id = world.delivery(partner).delivery.id

    replayed = world.replay(partner.id, delivery_id)
    assert replayed.status is DeliveryStatus.QUEUED
    assert world.deliver_all() == [CallOutcome.DELIVERED]
    assert [attempt.number for attempt in world.delivery(partner).attempts] == [1, 2]
    assert len({call["headers"]["webhook-id"] for call in world.endpoint.calls}) == 1


def test_a_replay_overtakes_the_attempt_that_waits(world: PartnerWorld, partner: Partner) -> None:
    world.endpoint.status = 500
    an_event(world, partner)
    world.deliver_all()
    world.endpoint.status = 200

    world.replay(partner.id, world.delivery(partner).delivery.id)
    assert world.deliver_all() == [CallOutcome.DELIVERED]
    assert world.wait(hours=1) == []
    assert len(world.endpoint.calls) == 2


def test_a_delivery_is_replayed_so_often_and_its_last_attempts_are_shown(
    world: PartnerWorld, partner: Partner
) -> None:
    an_event(world, partner)
    world.deliver_all()
    delivery_id = world.delivery(partner).delivery.id
    for _ in range(MAX_REPLAYS):
        world.replay(partner.id, delivery_id)
        world.deliver_all()

    with pytest.raises(ReplayLimitReached):
        world.replay(partner.id, delivery_id)
    view = world.delivery(partner)
    assert (view.delivery.attempts, view.delivery.replays) == (MAX_REPLAYS + 1, MAX_REPLAYS)
    numbers = [attempt.number for attempt in view.attempts]
    assert numbers == list(range(2, MAX_REPLAYS + 2)), "the oldest is not shown"
    assert len(numbers) == ATTEMPTS_SHOWN


def test_a_receiver_that_is_busy_is_called_when_it_says(
    world: PartnerWorld, partner: Partner
) -> None:
    world.endpoint.status, world.endpoint.retry_after_seconds = 429, 3600
    an_event(world, partner)
    world.deliver_all()
    world.endpoint.status, world.endpoint.retry_after_seconds = 200, None

    assert world.wait(minutes=59) == []
    assert world.wait(minutes=2) == [CallOutcome.DELIVERED]


def test_a_receiver_that_is_gone_is_called_no_more_and_told_so(
    world: PartnerWorld, partner: Partner
) -> None:
    world.endpoint.status = 410
    an_event(world, partner)
    an_event(world, partner)
    world.queues.take(Topic.NOTIFICATION)
    world.deliver_all()

    (email,) = (message.content for message in world.queues.take(Topic.NOTIFICATION))
    assert isinstance(email, PartnerEmail)
    assert (email.to, email.notice) == (partner.contact_email, "webhook_gone")
    assert "410" in email.text
    assert "tenant=7" not in email.text, "a query may hold a token"
    with world.store.reading() as store:
        assert not store.partners.get(partner.id).require_webhook().is_enabled
    assert {view.delivery.status for view in world.deliveries(partner)} == {DeliveryStatus.FAILED}
    calls = len(world.endpoint.calls)
    assert world.wait(days=1) == []
    assert len(world.endpoint.calls) == calls


def test_an_address_that_was_left_may_be_gone(world: PartnerWorld, partner: Partner) -> None:
    an_event(world, partner)
    (message,) = world.queues.take(Topic.WEBHOOK)
    with world.store.unit_of_work() as work:
        current = work.partners.lock(partner.id)
        moved = current.require_webhook().move("https://new.example/")
        work.partners.save(current.with_webhook(moved, NOW), current)
    world.endpoint.status = 410
    world.deliver(call_of(message))

    assert DeliveryStep.RETRIED in world.record_all()
    world.endpoint.status = 200
    assert world.wait(minutes=5) == [CallOutcome.DELIVERED]


def test_webhooks_are_dated_by_the_clock_that_receivers_have(
    store: PostgresStore, seed: Seed
) -> None:
    world = PartnerWorld(store, seed, wall_clock=FakeClock(NOW))
    partner = world.a_partner(webhook=an_endpoint())
    world.clock.now += timedelta(days=30)
    an_event(world, partner)

    assert world.deliver_all() == [CallOutcome.DELIVERED]
    (call,) = world.endpoint.calls
    assert call["headers"]["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert world.delivery(partner).attempts[0].at == world.clock()


def test_nobody_replays_what_is_not_theirs(world: PartnerWorld, partner: Partner) -> None:
    an_event(world, partner)
    mine = world.delivery(partner).delivery.id
    other = world.a_partner(webhook=an_endpoint())

    for whose, what in ((other, mine), (partner, WebhookDeliveryId(new_id()))):
        with pytest.raises(WebhookDeliveryNotFound):
            world.replay(whose.id, what)
    assert world.deliveries(other) == ()


def test_days_of_failure_disable_the_webhook_and_say_so(
    world: PartnerWorld, partner: Partner
) -> None:
    world.endpoint.status = 503
    an_event(world, partner)
    world.deliver_all()
    for _ in range(26):
        world.wait(hours=1)
    assert not isinstance(world.queues.take(Topic.NOTIFICATION)[-1].content, PartnerEmail)
    world.clock.now += DISABLE_AFTER
    an_event(world, partner)
    an_event(world, partner)
    world.queues.take(Topic.NOTIFICATION)
    world.deliver_all()
    for _ in range(25):
        world.wait(hours=1)

    with world.store.reading() as store:
        webhook = store.partners.get(partner.id).require_webhook()
    assert not webhook.is_enabled
    (email,) = (message.content for message in world.queues.take(Topic.NOTIFICATION))
    assert isinstance(email, PartnerEmail)
    assert email.to == partner.contact_email
    assert email.notice == "webhook_disabled"
    assert "tenant=7" not in email.text, "a query may hold a token"
    assert {view.delivery.status for view in world.deliveries(partner)} == {DeliveryStatus.FAILED}

    calls = len(world.endpoint.calls)
    an_event(world, partner)
    world.wait(days=1)
    assert len(world.endpoint.calls) == calls, "nothing is sent there any more"
    newest = world.deliveries(partner)[0]
    assert (newest.delivery.status, newest.attempts) == (DeliveryStatus.FAILED, ())
    with pytest.raises(WebhookDisabled):
        world.replay(partner.id, newest.delivery.id)

    with world.store.unit_of_work() as work:
        enabled = PartnerChanges(enables_webhook=True)
        locked = work.partners.lock(partner.id)
        work.partners.save(locked.change(enabled, "", world.clock()), locked)
    world.endpoint.status = 200
    world.replay(partner.id, newest.delivery.id)
    assert world.deliver_all() == [CallOutcome.DELIVERED]


def test_outcomes_at_once_disable_once(world: PartnerWorld, partner: Partner) -> None:
    world.endpoint.status = 503
    for _ in range(4):
        an_event(world, partner)
    world.deliver_all()
    world.queues.take(Topic.NOTIFICATION)
    outcomes = [
        WebhookOutcome(view.delivery.id, partner.id, 2, NOW + DISABLE_AFTER, 503, "", 1)
        for view in world.deliveries(partner)
    ]

    with ThreadPoolExecutor(4) as pool:
        steps = list(pool.map(world.record, outcomes))

    assert sorted(steps) == [DeliveryStep.DISABLED, *[DeliveryStep.KNOWN] * 3]
    assert len(world.queues.on(Topic.NOTIFICATION)) == 1


def test_one_success_between_failures_keeps_the_webhook(
    world: PartnerWorld, partner: Partner
) -> None:
    world.endpoint.status = 503
    an_event(world, partner)
    world.deliver_all()
    world.clock.now += DISABLE_AFTER
    world.endpoint.status = 200
    world.wait(minutes=1)
    world.endpoint.status = 503
    an_event(world, partner)
    world.deliver_all()
    for _ in range(26):
        world.wait(hours=1)

    with world.store.reading() as store:
        assert store.partners.get(partner.id).require_webhook().is_enabled


def test_a_webhook_that_was_taken_away_is_called_no_more(
    world: PartnerWorld, partner: Partner
) -> None:
    world.queues.is_away = True
    an_event(world, partner)
    with world.store.unit_of_work() as work:
        locked = work.partners.lock(partner.id)
        work.partners.save(locked.with_webhook(None, NOW), locked)
    world.queues.is_away = False

    assert world.wait(hours=1) == []
    with pytest.raises(WebhookNotConfigured):
        world.replay(partner.id, world.delivery(partner).delivery.id)


def test_deliveries_in_pages_by_status(world: PartnerWorld, partner: Partner) -> None:
    an_event(world, partner)
    world.deliver_all()
    world.endpoint.status = 500
    for _ in range(3):
        world.clock.advance(1)
        an_event(world, partner)
    world.deliver_all()

    first = world.list_deliveries(partner.id, DeliveryStatus.QUEUED, PageRequest(2))
    second = world.list_deliveries(partner.id, DeliveryStatus.QUEUED, PageRequest(2, first.next))
    assert [len(page.items) for page in (first, second)] == [2, 1]
    assert all(len(view.attempts) == 1 for view in (*first.items, *second.items))
    delivered = world.list_deliveries(partner.id, DeliveryStatus.DELIVERED, PageRequest())
    assert len(delivered.items) == 1


def test_without_the_database_webhooks_wait_and_the_rest_goes(
    world: PartnerWorld, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.queues.is_away = True
    an_event(world, partner)
    with world.store.unit_of_work() as work:
        later = NOW + timedelta(hours=1)
        messages = work.outbox.take_due(later, 100, later)
    world.queues.is_away = False

    def away() -> Any:
        raise StoreUnavailable

    make = Maker(reading=away, clock=world.clock, wall_clock=world.clock)
    prepared = make(SignDeliveries)(messages)

    assert {message.topic for message in prepared.refused} == {Topic.WEBHOOK}
    assert set(prepared.refused.values()) == {"database_unavailable"}
    assert Topic.ACTIVATION in {message.topic for message in prepared.ready}
    assert Topic.WEBHOOK not in {message.topic for message in prepared.ready}


def test_what_the_queue_refuses_is_named_by_the_stored_message(
    world: PartnerWorld, partner: Partner
) -> None:
    world.queues.is_away = True
    an_event(world, partner)

    assert world.relay(lambda: True)["postponed"] == 0, "not due yet"
    world.clock.advance(60)
    assert world.relay(lambda: True)["postponed"] >= 1
    world.queues.is_away = False
    assert world.wait(minutes=30) == [CallOutcome.DELIVERED]


def test_deliveries_are_forgotten_after_ninety_days(world: PartnerWorld, partner: Partner) -> None:
    an_event(world, partner)
    world.deliver_all()
    prune = PruneExpired(world.store.unit_of_work, world.clock)

    world.clock.now += timedelta(days=90)
    assert prune(lambda: True)["webhook_deliveries"] == 0
    world.clock.advance(1)
    assert prune(lambda: True)["webhook_deliveries"] == 1
    assert world.deliveries(partner) == ()
