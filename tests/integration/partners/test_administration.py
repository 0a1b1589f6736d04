"""Partners under administration: keys are shown once, limits hold, rotation leaves no gap."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from offers.domain.account import EntryKind, Movement
from offers.domain.changes import REMOVE
from offers.domain.errors.administration import NotPermitted, StaleVersion
from offers.domain.errors.money import InvalidMoney
from offers.domain.errors.partners import (
    ApiKeyNotFound,
    CreditLimitBelowDebt,
    PartnerNameTaken,
    PartnerNotFound,
    TooManyApiKeys,
    UnknownApiKey,
)
from offers.domain.errors.webhooks import InvalidWebhookUrl, WebhookNotConfigured
from offers.domain.ids import LedgerEntryId, PartnerId
from offers.domain.money import Money
from offers.domain.partner import UsagePlan
from offers.domain.partner_changes import PartnerChanges
from offers.domain.partner_usage import ActivationLimits
from offers.ports.outside.api_keys import ApiKeysUnavailable
from offers.ports.outside.secret_box import SealingKeysUnavailable
from offers.ports.pages import PageRequest
from offers.services.ledger.move_credit import CreditMoved, CreditOrder
from offers.services.partners.create_partner import NewPartner
from offers.services.partners.views import SearchPartners
from tests.factories import new_id
from tests.integration.worlds.administration import WHY, World
from tests.threads import all_at_once

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.ports.outside.api_keys import IssuedKey
    from offers.services.partners.partner_view import PartnerView
    from tests.seed import Seed

pytestmark = pytest.mark.integration

URL = "https://acme-tv.example.com/hooks"


@pytest.fixture
def world(store: PostgresStore, seed: Seed) -> World:
    """An administrator's, whereas the tests beside this one live in a partner's."""
    return World(store, seed)


def a_partner(world: World, name: str = "acme-tv", url: str | None = URL) -> PartnerView:
    new = NewPartner(
        name=name,
        contact_email="ops@acme-tv.example.com",
        credit_limit=Money.of("100.00", "EUR"),
        usage_plan=UsagePlan.BASIC,
        limits=ActivationLimits(10, 100),
        webhook_url=url,
    )
    return world.create_partner(world.admin_id, new, WHY)


def change(world: World, view: PartnerView, **changes: Any) -> PartnerView:
    return world.change_partner(
        world.admin_id, view.partner.id, PartnerChanges(**changes), None, WHY
    )


def events(world: World, view: PartnerView) -> list[Any]:
    return [event.after for event in world.audit(subject=f"partner:{view.partner.id}")]


def test_a_new_partner_has_an_account_and_a_secret_shown_once(world: World) -> None:
    view = a_partner(world)

    assert view.new_webhook_secret is not None
    assert view.new_webhook_secret.startswith("whsec_")
    (listed,) = SearchPartners(world.store.reading)(world.admin_id, PageRequest()).items
    assert (listed.partner, listed.account) == (view.partner, view.account)
    assert listed.new_webhook_secret is None
    assert view.new_webhook_secret not in repr((view, world.audit()))


def test_names_urls_and_limits_are_checked(world: World) -> None:
    a_partner(world)
    with pytest.raises(PartnerNameTaken):
        a_partner(world)
    with pytest.raises(InvalidWebhookUrl):
        a_partner(world, "other", "http://127.0.0.1/hooks")
    nothing = NewPartner(
        "x", "y@z", Money.of("-1", "EUR"), UsagePlan.BASIC, ActivationLimits(1, 1), None
    )
    with pytest.raises(InvalidMoney):
        world.create_partner(world.admin_id, nothing, WHY)


def test_limits_plan_and_state_change_together(world: World) -> None:
    view = a_partner(world, url=None)
    key = world.issue_key(world.admin_id, view.partner.id, WHY)

    changed = change(
        world,
        view,
        credit_limit="250.00",
        usage_plan=UsagePlan.PREMIUM,
        activations_per_day=7,
        is_active=False,
        contact_email="new@acme-tv.example.com",
    )

    assert (changed.partner.version, changed.partner.limits) == (2, ActivationLimits(10, 7))
    assert (changed.partner.is_active, changed.account.credit_limit.amount) == (False, "250.00")
    assert world.api_keys.plans == {key.key.api_key_id: UsagePlan.PREMIUM}
    assert events(world, view)[0] == {
        "active": False,
        "activations_per_day": 7,
        "contact_email": "new@acme-tv.example.com",
        "credit_limit": "250.00",
        "usage_plan": "premium",
    }
    assert change(world, changed, is_active=True).partner.is_active


def test_a_webhook_comes_moves_rotates_and_goes(world: World) -> None:
    view = a_partner(world, url=None)
    with pytest.raises(WebhookNotConfigured):
        change(world, view, rotates_webhook_secret=True)

    first = change(world, view, webhook_url=URL).new_webhook_secret
    moved = change(world, view, webhook_url=URL + "2")
    rotated = change(world, view, rotates_webhook_secret=True)
    webhook = rotated.partner.require_webhook()

    assert first is not None
    assert moved.new_webhook_secret is None
    stored = webhook.signing_secrets(world.clock())
    opened = [world.webhook_secrets.open(each, view.partner.id) for each in stored]
    assert opened == [rotated.new_webhook_secret, first]
    assert first not in repr(stored), "what is stored is sealed"
    assert change(world, view, enables_webhook=True).partner.webhook == webhook
    assert change(world, view, webhook_url=REMOVE).partner.webhook is None
    assert first not in repr(world.audit())
    with pytest.raises(InvalidWebhookUrl):
        change(world, view, webhook_url="ftp://acme-tv.example.com")


def test_without_the_sealing_keys_a_partner_can_still_be_shut_out(world: World) -> None:
    view = a_partner(world)
    world.sealing_keys.is_away = True

    for change_secret in ({"rotates_webhook_secret": True}, {"webhook_url": URL + "2"}):
        with pytest.raises(SealingKeysUnavailable):
            change(world, view, **change_secret)
    with pytest.raises(SealingKeysUnavailable):
        a_partner(world, "other")
    assert change(world, view, is_active=False).partner.version == 2
    assert not events(world, view)[0]["active"]


def test_what_does_not_hold_changes_nothing(world: World) -> None:
    view = a_partner(world)

    changes, stale = PartnerChanges(is_active=False), frozenset({7})
    with pytest.raises(StaleVersion):
        world.change_partner(world.admin_id, view.partner.id, changes, stale, WHY)
    with pytest.raises(InvalidMoney):
        change(world, view, credit_limit="-1")
    with world.store.reading() as store:
        assert store.partners.get(view.partner.id) == view.partner


def test_a_limit_cannot_go_below_the_debt(world: World) -> None:
    view = a_partner(world)
    with world.store.unit_of_work() as work:
        account = work.partners.lock_account(view.partner.id)
        cause = Movement(LedgerEntryId(new_id()), world.clock(), "test")
        work.accounts.move(*account.adjust(Money.of("-60.00", "EUR"), cause))

    with pytest.raises(CreditLimitBelowDebt):
        change(world, view, credit_limit="59.99")
    assert change(world, view, credit_limit="60.00").account.credit_limit.amount == "60.00"


def test_a_payment_frees_credit_again(world: World) -> None:
    view = a_partner(world)
    paid = CreditOrder(EntryKind.TOP_UP, "40.00", None, "invoice 17")

    moved = world.move_credit.of_partner(world.admin_id, view.partner.id, paid, None)

    assert isinstance(moved, CreditMoved)
    with world.store.reading() as store:
        account = store.partners.account_of(view.partner.id)
    assert (account.balance, account.available.amount) == (moved.entry.balance_after, "140.00")
    (event,) = world.audit(action="account.credit_moved")
    assert event.subject == f"partner:{view.partner.id}"
    with pytest.raises(PartnerNotFound):
        world.move_credit.of_partner(world.admin_id, PartnerId(new_id()), paid, None)
    assert world.is_ledger_clean()


def test_a_key_is_shown_once_and_only_its_hash_kept(world: World) -> None:
    view = a_partner(world)

    new = world.issue_key(world.admin_id, view.partner.id, WHY)

    assert new.key.key_hash == hashlib.sha256(new.value.encode()).digest()
    with world.store.reading() as store:
        assert store.partners.of_api_key(new.key.api_key_id).id == view.partner.id
        assert store.partners.keys(view.partner.id) == (new.key,)
    assert new.value not in repr((new, world.audit()))


def test_rotation_has_two_keys_and_never_three(world: World) -> None:
    view = a_partner(world)
    old = world.issue_key(world.admin_id, view.partner.id, WHY).key
    world.issue_key(world.admin_id, view.partner.id, WHY)
    with pytest.raises(TooManyApiKeys):
        world.issue_key(world.admin_id, view.partner.id, WHY)

    world.revoke_key(world.admin_id, view.partner.id, old.api_key_id, WHY)

    assert old.api_key_id not in world.api_keys.plans
    with world.store.reading() as store, pytest.raises(UnknownApiKey):
        store.partners.of_api_key(old.api_key_id)
    world.revoke_key(world.admin_id, view.partner.id, old.api_key_id, WHY)
    assert len(world.audit(action="partner.key_revoked")) == 1
    world.issue_key(world.admin_id, view.partner.id, WHY)


def test_keys_issued_at_once_are_two_and_none_is_left_over(world: World) -> None:
    view = a_partner(world)

    def issue() -> bool:
        try:
            world.issue_key(world.admin_id, view.partner.id, WHY)
        except TooManyApiKeys:
            return False
        return True

    assert all_at_once([issue] * 5).count(True) == 2
    assert len(world.api_keys.plans) == 2


def test_a_gateway_that_is_away_is_told_and_can_be_asked_again(world: World) -> None:
    view = a_partner(world)
    key = world.issue_key(world.admin_id, view.partner.id, WHY).key
    world.api_keys.is_away = True

    with pytest.raises(ApiKeysUnavailable):
        world.issue_key(world.admin_id, view.partner.id, WHY)
    with pytest.raises(ApiKeysUnavailable):
        world.revoke_key(world.admin_id, view.partner.id, key.api_key_id, WHY)
    with world.store.reading() as store, pytest.raises(UnknownApiKey):
        store.partners.of_api_key(key.api_key_id)  # refused by us already
    world.api_keys.is_away = False
    world.revoke_key(world.admin_id, view.partner.id, key.api_key_id, WHY)
    assert world.api_keys.plans == {}


def test_a_key_that_cannot_be_taken_back_does_not_hide_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    view, issue = a_partner(world), world.api_keys.issue

    def issue_and_vanish(name: str, plan: UsagePlan) -> IssuedKey:
        with world.store.unit_of_work() as work:
            work.users.save_active(replace(world.admin, is_active=False))
        issued = issue(name, plan)
        world.api_keys.is_away = True
        return issued

    monkeypatch.setattr(world.api_keys, "issue", issue_and_vanish)
    with pytest.raises(NotPermitted):
        world.issue_key(world.admin_id, view.partner.id, WHY)


def test_unknown_partners_keys_and_callers(world: World) -> None:
    view, unknown = a_partner(world), PartnerId(new_id())
    with pytest.raises(PartnerNotFound):
        world.issue_key(world.admin_id, unknown, WHY)
    with pytest.raises(ApiKeyNotFound):
        world.revoke_key(world.admin_id, view.partner.id, "nothing", WHY)
    with pytest.raises(NotPermitted):
        world.issue_key(world.seed.a_customer().id, view.partner.id, WHY)
