"""Partners in PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from offers.domain.errors.partners import PartnerNameTaken, PartnerNotFound
from offers.domain.ids import PartnerId
from offers.domain.partner import UsagePlan, with_credit_limit
from offers.domain.partner_usage import ActivationLimits
from offers.ports.pages import PageRequest
from tests.factories import NOW, money, new_id
from tests.partner_factories import a_credit_account, a_partner, an_api_key, an_endpoint

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from offers.adapters.postgres.store import PostgresStore
    from tests.integration.worlds.partners import PartnerWorld

pytestmark = pytest.mark.integration
LATER = NOW + timedelta(hours=1)


def test_a_partner_comes_back_as_it_was_stored(world: PartnerWorld, store: PostgresStore) -> None:
    endpoint = an_endpoint(
        previous_secret="whsec_b2xk",
        previous_secret_until=LATER,
        failing_since=NOW,
        disabled_at=LATER,
    )
    partner = world.a_partner(webhook=endpoint)
    changed = replace(
        partner.with_webhook(None, LATER),
        limits=ActivationLimits(1, 2),
        name="new name",
        contact_email="new@example.com",
        usage_plan=UsagePlan.PREMIUM,
        is_active=False,
    )

    with store.reading() as reading:
        assert reading.partners.get(partner.id) == partner
    with store.unit_of_work() as work:
        assert work.partners.lock(partner.id) == partner
        work.partners.save(changed, partner)
    with store.reading() as reading:
        assert reading.partners.get(partner.id) == changed


def test_an_update_sends_what_differs(
    world: PartnerWorld, store: PostgresStore, engine: Engine
) -> None:
    """Neither the webhook's secret nor an address that stays."""
    partner = world.a_partner(webhook=an_endpoint())
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *seen: sent.append(seen[2]))

    with store.unit_of_work() as work:
        work.partners.save(replace(partner, name="new name", version=2), partner)
        work.partners.save(partner, partner)

    (update,) = (statement for statement in sent if statement.startswith("UPDATE"))
    assert update.partition(" WHERE")[0].count("=") == 2
    assert "webhook" not in update
    assert "contact_email" not in update


def test_unknown_partners(store: PostgresStore) -> None:
    unknown = PartnerId(new_id())
    with store.unit_of_work() as work:
        for ask in (
            work.partners.get,
            work.partners.lock,
            work.partners.account_of,
            work.partners.lock_account,
        ):
            with pytest.raises(PartnerNotFound):
                ask(unknown)


def test_names_are_unique(world: PartnerWorld, store: PostgresStore) -> None:
    partner = world.a_partner(name="acme")
    twin = a_partner(name="acme")

    with pytest.raises(PartnerNameTaken), store.unit_of_work() as work:
        work.partners.add(twin, a_credit_account(twin))
    other = world.a_partner()
    with pytest.raises(PartnerNameTaken), store.unit_of_work() as work:
        work.partners.save(replace(other, name=partner.name), other)


def test_pages_of_partners(world: PartnerWorld, store: PostgresStore) -> None:
    partners = [world.a_partner(created_at=NOW + timedelta(hours=n)) for n in range(5)]

    with store.reading() as reading:
        first = reading.partners.page(PageRequest(3))
        second = reading.partners.page(PageRequest(3, first.next))

    assert [each.id for each in (*first.items, *second.items)] == [
        each.id for each in reversed(partners)
    ]
    assert second.next is None


def test_keys_are_listed_with_the_revoked(world: PartnerWorld, store: PostgresStore) -> None:
    partner = world.a_partner()
    key = an_api_key(partner, created_at=LATER)
    with store.unit_of_work() as work:
        work.partners.add_key(key)
        work.partners.save_key(key.revoke(LATER))

    with store.reading() as reading:
        keys = reading.partners.keys(partner.id)

    assert [each.is_valid for each in keys] == [True, False]
    assert keys[1] == key.revoke(LATER)


def test_the_credit_limit_changes_under_a_lock(world: PartnerWorld, store: PostgresStore) -> None:
    partner = world.a_partner(limit="10.00")

    with store.unit_of_work() as work:
        account = work.partners.lock_account(partner.id)
        work.partners.save_credit_limit(with_credit_limit(account, "25.00", LATER))

    assert world.account_of(partner).credit_limit == money("25.00")
    assert world.account_of(partner).balance == money("0.00")


def test_the_webhooks_record_is_no_new_version(world: PartnerWorld, store: PostgresStore) -> None:
    partner, without = world.a_partner(webhook=an_endpoint()), world.a_partner()

    with store.unit_of_work() as work:
        for each in (partner, without):
            work.partners.note_webhook_failure(each.id, NOW)
            work.partners.note_webhook_failure(each.id, LATER)
    with store.reading() as reading:
        failing = reading.partners.get(partner.id)
        assert reading.partners.get(without.id) == without
    assert failing.webhook is not None
    assert (failing.webhook.failing_since, failing.version) == (NOW, partner.version)

    with store.unit_of_work() as work:
        work.partners.note_webhook_success(partner.id)
    with store.reading() as reading:
        assert reading.partners.get(partner.id) == partner
