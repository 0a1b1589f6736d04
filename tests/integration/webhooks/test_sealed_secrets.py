"""Webhook secrets are sealed in the database, open to sign, and follow the key that seals now."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text, update

from offers.adapters.postgres.tables import partners
from offers.adapters.secrets.sealing_keys import SealingKeys
from offers.adapters.webhooks.signer import StandardWebhookSigner
from offers.domain.outbox import Topic
from offers.domain.webhook import WebhookEndpoint
from offers.ports.outside.secret_box import SealBroken, SealingKeysUnavailable
from offers.services.webhooks.deliver_webhook import CallOutcome
from offers.services.webhooks.seal_webhook_secrets import SealWebhookSecrets
from offers.services.webhooks.webhook_secrets import WebhookSecrets
from offers.wiring import Maker
from tests.factories import NOW
from tests.partner_factories import URL, an_endpoint, an_order, call_of
from tests.sealing import a_secret_box, sealing_keys

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from offers.domain.partner import Partner
    from offers.ports.outside.secret_box import SecretBox
    from tests.integration.worlds.partners import PartnerWorld

pytestmark = pytest.mark.integration


@pytest.fixture(autouse=True)
def _no_other_webhooks(engine: Engine) -> None:
    """The other tests' are sealed with other keys."""
    names = [column.name for column in partners.c if column.name.startswith("webhook_")]
    with engine.begin() as connection:
        connection.execute(update(partners).values(dict.fromkeys(names)))


def secrets_of(box: SecretBox) -> WebhookSecrets:
    return Maker(secret_box=box)(WebhookSecrets)


def with_webhook(world: PartnerWorld, webhook: WebhookEndpoint, partner: Partner) -> Partner:
    with world.store.unit_of_work() as work:
        locked = work.partners.lock(partner.id)
        changed = locked.with_webhook(webhook, NOW)
        work.partners.save(changed, locked)
    return changed


def a_partner(world: PartnerWorld) -> tuple[Partner, str]:
    """With a sealed secret; and the secret itself."""
    partner = world.a_partner()
    made = secrets_of(world.secret_box).make(partner.id)
    return with_webhook(world, WebhookEndpoint(URL, made.sealed), partner), made.plain


def an_event(world: PartnerWorld, partner: Partner) -> None:
    order = an_order(world.seed.a_customer(), world.seed.an_offer())
    world.ends(world.activate(partner.id, order).transaction)


def sealing(world: PartnerWorld, box: SecretBox) -> SealWebhookSecrets:
    make = Maker(
        secret_box=box,
        clock=world.clock,
        reading=world.store.reading,
        unit_of_work=world.store.unit_of_work,
    )
    return make(SealWebhookSecrets)


def stored(world: PartnerWorld, partner: Partner) -> WebhookEndpoint:
    with world.store.reading() as store:
        return store.partners.get(partner.id).require_webhook()


def test_a_sealed_secret_signs(world: PartnerWorld) -> None:
    partner, secret = a_partner(world)
    an_event(world, partner)

    assert world.deliver_all() == [CallOutcome.DELIVERED]
    (call,) = world.endpoint.calls
    delivery_id = world.delivery(partner).delivery.id
    expected = StandardWebhookSigner().sign(delivery_id, call["body"], [secret], NOW)
    assert call["headers"].items() >= expected.items()


def test_neither_database_nor_queue_tells_the_secret(world: PartnerWorld, engine: Engine) -> None:
    partner, secret = a_partner(world)
    an_event(world, partner)

    with engine.connect() as connection:
        tables = ("partners", "outbox", "webhook_deliveries", "audit_events")
        rows = [
            str(connection.execute(text(f"TABLE {each}")).all()) for each in tables
        ]  # our own names
    said = "".join(rows) + repr([message.content for message in world.queues.sent])
    assert partner.id.hex in said.replace("-", "")
    assert secret.removeprefix("whsec_") not in said


def test_a_secret_copied_to_another_partner_signs_nothing(world: PartnerWorld) -> None:
    partner, _ = a_partner(world)
    thief, sound = world.a_partner(webhook=partner.webhook), a_partner(world)[0]
    world.queues.is_away = True
    an_event(world, thief)
    an_event(world, sound)
    world.queues.is_away = False

    world.clock.advance(60)
    assert world.relay(lambda: True)["postponed"] == 1
    assert [call_of(each).partner_id for each in world.queues.on(Topic.WEBHOOK)] == [sound.id]


def test_without_the_keys_webhooks_wait_and_the_rest_goes(world: PartnerWorld) -> None:
    partner, _ = a_partner(world)
    world.sealing_keys.is_away = True
    an_event(world, partner)
    assert world.queues.on(Topic.WEBHOOK) == []
    assert world.queues.on(Topic.ACTIVATION)

    world.sealing_keys.is_away = False
    assert world.wait(minutes=10) == [CallOutcome.DELIVERED]


def test_what_was_stored_in_the_clear_signs_and_is_sealed(world: PartnerWorld) -> None:
    previous = {"previous_secret": "whsec_b2xk", "previous_secret_until": NOW + timedelta(days=1)}
    partner = world.a_partner(webhook=an_endpoint(secret="whsec_bmV3", **previous))
    an_event(world, partner)
    assert world.deliver_all() == [CallOutcome.DELIVERED]
    seal = sealing(world, world.secret_box)

    assert seal(lambda: True) == {"sealed": 1, "broken": 0}
    webhook, secrets = stored(world, partner), secrets_of(world.secret_box)
    opened = [secrets.open(each, partner.id) for each in webhook.signing_secrets(NOW)]
    assert opened == ["whsec_bmV3", "whsec_b2xk"]
    assert "whsec_" not in f"{webhook.secret} {webhook.previous_secret}"
    with world.store.reading() as store:
        assert store.partners.get(partner.id).version == partner.version
    assert seal(lambda: True) == {"sealed": 0, "broken": 0}


def test_secrets_follow_the_key_that_seals_now(world: PartnerWorld) -> None:
    partner, secret = a_partner(world)
    both = SealingKeys("new", {**sealing_keys("new").keys, **world.sealing_keys.ring.keys})
    box = a_secret_box(both)

    assert sealing(world, box)(lambda: True) == {"sealed": 1, "broken": 0}
    sealed = stored(world, partner).secret
    only_new = a_secret_box(SealingKeys("new", {"new": both.keys["new"]}))
    assert secrets_of(only_new).open(sealed, partner.id) == secret


def test_one_that_does_not_open_is_told_of_and_holds_up_no_other(
    world: PartnerWorld, caplog: pytest.LogCaptureFixture
) -> None:
    broken = world.a_partner(webhook=a_partner(world)[0].webhook)
    plain = world.a_partner(webhook=an_endpoint())

    counted = sealing(world, world.secret_box)(lambda: True)

    assert counted == {"sealed": 1, "broken": 1}
    assert "does not open" in caplog.text
    assert stored(world, broken) == broken.webhook
    assert stored(world, plain) != plain.webhook


def test_a_secret_that_signs_no_more_is_forgotten(world: PartnerWorld) -> None:
    partner, _ = a_partner(world)
    gone = a_secret_box().seal(b"whsec_b2xk", f"webhook_secret:{partner.id}")
    rotated = replace(stored(world, partner), previous_secret=gone, previous_secret_until=NOW)
    with_webhook(world, rotated, partner)

    assert sealing(world, world.secret_box)(lambda: True)["broken"] == 0
    assert stored(world, partner).previous_secret is None


def test_no_time_is_no_work(world: PartnerWorld) -> None:
    assert sealing(world, world.secret_box)(lambda: False) == {"sealed": 0, "broken": 0}


def test_errors_show_nothing() -> None:
    box: Any = a_secret_box()
    with pytest.raises(SealBroken) as caught:
        box.open(json.dumps({"secret": "whsec_b2xk"}), "p")
    assert "b2xk" not in repr(caught.value)
    assert "keys" not in str(SealingKeysUnavailable()).lower()
