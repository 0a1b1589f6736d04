"""Orders of partners: who pays, how often, and how much at most."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from offers.domain.errors.activation import IdempotencyKeyReused
from offers.domain.errors.catalogue import OfferNotAvailable, OfferNotFound
from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.partners import (
    ActivationLimitReached,
    AmountMismatch,
    CreditLimitReached,
    PartnerReferenceReused,
    ReferenceNotFound,
    UnknownApiKey,
)
from offers.domain.errors.subscriptions import AlreadySubscribed
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import OfferId, UserId
from offers.domain.offer import OfferStatus
from offers.domain.outbox import Topic
from offers.domain.partner_usage import ActivationLimits
from offers.domain.transaction import Channel, TransactionStatus
from offers.services.partners.views import ValidateReference
from tests.factories import NOW, money, new_id, transaction_of
from tests.partner_factories import an_api_key, an_order

if TYPE_CHECKING:
    from uuid import UUID

    from offers.domain.partner_order import PartnerOrder
    from tests.integration.worlds.partners import PartnerWorld

pytestmark = pytest.mark.integration


@pytest.fixture
def order(world: PartnerWorld) -> PartnerOrder:
    return an_order(world.seed.a_customer(), world.seed.an_offer("29.99"))


def another(world: PartnerWorld, order: PartnerOrder, **changes: object) -> PartnerOrder:
    """The same for another customer."""
    return replace(order, user_id=world.seed.a_customer().id, **changes)  # type: ignore[arg-type]  # real fields


def a_key(name: str, body: str = "x") -> IdempotencyKey:
    return IdempotencyKey.of("partner:1", name, "POST /partner/activate", {"body": body})


def test_the_partner_pays_and_the_customer_does_not(
    world: PartnerWorld, order: PartnerOrder
) -> None:
    partner = world.a_partner(limit="100.00")

    result = world.activate(partner.id, order)

    assert result.credit_left == money("70.01")
    assert world.account_of(partner).balance == money("-29.99")
    with world.store.reading() as store:
        assert store.accounts.of_user(order.user_id).balance == money("100.00")
        stored = store.transactions.get(result.transaction.id)
    assert (stored.channel, stored.partner_id) == (Channel.PARTNER, partner.id)
    assert stored.reference.startswith("REF-")
    assert [transaction_of(each) for each in world.queues.on(Topic.ACTIVATION)] == [stored.id]
    assert world.status.find(stored.id) == stored


def test_a_failed_activation_gives_the_partner_its_money_back(
    world: PartnerWorld, order: PartnerOrder
) -> None:
    partner = world.a_partner(limit="100.00")

    settled = world.ends(world.activate(partner.id, order).transaction, well=False)

    assert settled.status is TransactionStatus.FAILED
    assert world.account_of(partner).available == money("100.00")
    assert world.queues.on(Topic.NOTIFICATION) == [], "the partner explains it to its customer"


def test_credit_is_used_up_to_the_last_cent_and_no_further(
    world: PartnerWorld, order: PartnerOrder
) -> None:
    partner = world.a_partner(limit="59.98")

    world.activate(partner.id, order)
    assert world.activate(partner.id, another(world, order)).credit_left == money("0.00")
    with pytest.raises(CreditLimitReached):
        world.activate(partner.id, another(world, order))
    assert world.account_of(partner).balance == money("-59.98")


def test_orders_at_once_do_not_share_credit(world: PartnerWorld, order: PartnerOrder) -> None:
    partner = world.a_partner(limit="89.97")
    orders = [another(world, order) for _ in range(8)]

    def accept(each: PartnerOrder) -> bool:
        try:
            world.activate(partner.id, each)
        except CreditLimitReached:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, orders)) == 3
    assert world.account_of(partner).available == money("0.00")


def test_the_same_reference_is_the_same_order(world: PartnerWorld, order: PartnerOrder) -> None:
    partner, order = world.a_partner(), replace(order, partner_reference="4711")

    first = world.activate(partner.id, order)
    again = world.activate(partner.id, replace(order, currency="EUR"))

    assert again.is_replay
    assert not first.is_replay
    assert again.transaction == first.transaction
    assert world.account_of(partner).balance == money("-29.99")
    with pytest.raises(PartnerReferenceReused):
        world.activate(partner.id, another(world, order))


def test_a_reference_belongs_to_one_partner(world: PartnerWorld, order: PartnerOrder) -> None:
    one, other = world.a_partner(), world.a_partner()
    order = replace(order, partner_reference="4711")

    mine = world.activate(one.id, order).transaction
    theirs = world.activate(other.id, another(world, order)).transaction

    assert mine.id != theirs.id
    validate = ValidateReference(world.store.reading)
    assert validate(one.id, mine.reference) == mine
    for foreign in (theirs.reference, "REF-222222222222", "", "\0", "x" * 500):
        with pytest.raises(ReferenceNotFound):
            validate(one.id, foreign)


def test_the_same_order_at_once_is_charged_once(world: PartnerWorld, order: PartnerOrder) -> None:
    partner, order = world.a_partner(), replace(order, partner_reference="4711")

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda _: world.activate(partner.id, order), range(6)))

    assert len({result.transaction.id for result in results}) == 1
    assert [result.is_replay for result in results].count(False) == 1
    assert world.account_of(partner).balance == money("-29.99")


def test_an_idempotency_key_works_beside_the_reference(
    world: PartnerWorld, order: PartnerOrder
) -> None:
    partner, order = world.a_partner(), replace(order, partner_reference="4711")
    first = world.activate(partner.id, order, a_key("a"))

    assert world.activate(partner.id, order, a_key("a")).is_replay
    assert world.activate(partner.id, order, a_key("b")).is_replay, "known by its reference"
    fresh = another(world, order, partner_reference="4712")
    for used in ("a", "b"):
        with pytest.raises(IdempotencyKeyReused):
            world.activate(partner.id, fresh, a_key(used, body="other"))
    assert not world.activate(partner.id, fresh, a_key("c", body="other")).is_replay
    assert first.transaction.partner_reference == "4711"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"amount": "29.98"}, AmountMismatch),
        ({"currency": "USD"}, AmountMismatch),
        ({"user_id": UserId(new_id())}, UserNotFound),
        ({"offer_id": OfferId(new_id())}, OfferNotFound),
    ],
)
def test_what_is_refused_changes_nothing(
    world: PartnerWorld, order: PartnerOrder, change: dict[str, UUID], error: type[Exception]
) -> None:
    partner = world.a_partner()

    with pytest.raises(error):
        world.activate(partner.id, replace(order, **change), a_key("a"))  # type: ignore[arg-type]  # real fields

    assert world.account_of(partner).balance == money("0.00")
    assert world.queues.sent == []
    assert not world.activate(partner.id, order, a_key("a")).is_replay, "the key was not spent"


def test_customers_and_offers_must_be_active(world: PartnerWorld, order: PartnerOrder) -> None:
    partner = world.a_partner()
    gone = world.seed.a_customer(is_active=False)
    draft = world.seed.an_offer("5.00", status=OfferStatus.DRAFT)

    with pytest.raises(UserNotFound):
        world.activate(partner.id, replace(order, user_id=gone.id))
    with pytest.raises(OfferNotFound):
        world.activate(partner.id, replace(order, offer_id=draft.id, amount="5.00"))


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"status": OfferStatus.DRAFT}, OfferNotFound),
        ({"status": OfferStatus.RETIRED}, OfferNotAvailable),
        ({"valid_from": NOW + timedelta(days=1)}, OfferNotAvailable),
        ({"valid_until": NOW}, OfferNotAvailable),
    ],
)
def test_the_price_of_what_cannot_be_bought_is_not_told(
    world: PartnerWorld, order: PartnerOrder, changes: dict[str, Any], error: type[Exception]
) -> None:
    offer = world.seed.an_offer("5.00", **changes)

    with pytest.raises(error):
        world.activate(world.a_partner().id, replace(order, offer_id=offer.id, amount="0.01"))


def test_one_live_subscription_whoever_orders(world: PartnerWorld, order: PartnerOrder) -> None:
    partner = world.a_partner()
    world.activate(partner.id, order)

    for rival in (partner, world.a_partner()):
        with pytest.raises(AlreadySubscribed):
            world.activate(rival.id, order)
    assert world.account_of(partner).balance == money("-29.99")


def test_accepted_orders_count_against_the_limit_and_refused_ones_do_not(
    world: PartnerWorld, order: PartnerOrder
) -> None:
    partner = world.a_partner(limits=ActivationLimits(per_minute=2, per_day=3))
    named = replace(order, partner_reference="4711")

    world.activate(partner.id, named)
    with pytest.raises(AmountMismatch):
        world.activate(partner.id, another(world, order, amount="1.00"))
    world.activate(partner.id, another(world, order))
    with pytest.raises(ActivationLimitReached) as refusal:
        world.activate(partner.id, another(world, order))

    assert refusal.value.retry_after_seconds == 7  # of 09:26:53
    assert world.activate(partner.id, named).is_replay, "asking again is always possible"
    world.clock.advance(7)
    world.activate(partner.id, another(world, order))
    with pytest.raises(ActivationLimitReached) as refusal:
        world.activate(partner.id, another(world, order))
    assert refusal.value.retry_after_seconds == 14 * 3600 + 33 * 60


def test_orders_at_once_do_not_share_the_limit(world: PartnerWorld, order: PartnerOrder) -> None:
    partner = world.a_partner(limits=ActivationLimits(per_minute=3, per_day=100))
    orders = [another(world, order) for _ in range(8)]

    def accept(each: PartnerOrder) -> bool:
        try:
            world.activate(partner.id, each)
        except ActivationLimitReached:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(accept, orders)) == 3


def test_a_key_opens_until_it_is_revoked_or_its_partner_deactivated(world: PartnerWorld) -> None:
    partner = world.a_partner()
    newer = an_api_key(partner, api_key_id="newer")
    with world.store.unit_of_work() as work:
        work.partners.add_key(newer)

    assert world.identify("newer") == world.identify(f"key-of-{partner.id}") == partner
    with world.store.unit_of_work() as work:
        work.partners.save_key(newer.revoke(NOW))
    for unknown in ("newer", "nobody", "", "\0"):
        with pytest.raises(UnknownApiKey):
            world.identify(unknown)

    with world.store.unit_of_work() as work:
        locked = work.partners.lock(partner.id)
        work.partners.save(replace(locked, is_active=False), locked)
    with pytest.raises(UnknownApiKey):
        world.identify(f"key-of-{partner.id}")


def test_a_partner_deactivated_meanwhile_orders_nothing(
    world: PartnerWorld, order: PartnerOrder
) -> None:
    partner = world.a_partner(is_active=False)

    with pytest.raises(UnknownApiKey):
        world.activate(partner.id, order)
