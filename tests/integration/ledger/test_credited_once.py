"""A payment is credited once, for ever: whoever comes again, from wherever, whenever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import IntegrityError

from offers.domain.account import EntryKind
from offers.domain.errors.ledger import AlreadyCredited
from offers.domain.idempotency import IdempotencyKey
from offers.domain.money import Money
from offers.domain.partner import UsagePlan
from offers.domain.partner_usage import ActivationLimits
from offers.services.administration.prune_expired import PruneExpired
from offers.services.ledger.move_credit import CreditOrder
from offers.services.partners.create_partner import NewPartner
from tests.integration.worlds.administration import WHY, World
from tests.threads import all_at_once

if TYPE_CHECKING:
    from offers.domain.partner import Partner
    from offers.domain.user import User

pytestmark = pytest.mark.integration

PAID = CreditOrder(EntryKind.TOP_UP, "10.00", None, WHY, "Bank 2026-05-04/17")


def key(name: str) -> IdempotencyKey:
    return IdempotencyKey.of("user:1", name, "POST /x", {})


def a_partner(world: World) -> Partner:
    new = NewPartner(
        name="acme-tv",
        contact_email="ops@example.com",
        usage_plan=UsagePlan.BASIC,
        limits=ActivationLimits(60, 5000),
        credit_limit=Money.of("100.00", "EUR"),
        webhook_url=None,
    )
    return world.create_partner(world.admin_id, new, WHY).partner


def refusal(world: World, user: User, order: CreditOrder = PAID, by: User | None = None) -> object:
    with pytest.raises(AlreadyCredited) as caught:
        world.credited((by or world.admin).id, user.id, order, None)
    return caught.value.first


def test_a_second_operator_is_told_of_the_first(world: World) -> None:
    user, other = world.seed.a_customer("0.00"), world.seed.a_customer("0.00")
    entry = world.credited(world.admin_id, user.id, PAID, None).entry

    for account in (user, other):
        first = refusal(world, account, by=world.an_admin())
        assert (first.entry, first.user_id, first.credited_by) == (  # type: ignore[attr-defined]
            entry,
            user.id,
            world.admin.username,
        )
    assert world.seed.account_of(user).balance.amount == "10.00"
    assert world.seed.account_of(other).balance.amount == "0.00"
    (event,) = world.audit(action="account.credit_moved")
    assert event.after is not None
    assert event.after["external_reference"] == "Bank 2026-05-04/17"


def test_it_holds_when_keys_are_forgotten(world: World) -> None:
    user = world.seed.a_customer("0.00")
    moved = world.credited(world.admin_id, user.id, PAID, key("1"))
    again = world.credited(world.admin_id, user.id, PAID, key("1"))
    assert (again.entry, again.is_replay) == (moved.entry, True)

    world.clock.now += timedelta(hours=25)
    assert PruneExpired(world.store.unit_of_work, world.clock)(lambda: True)["idempotency_keys"]

    with pytest.raises(AlreadyCredited):
        world.credited(world.admin_id, user.id, PAID, key("1"))
    assert world.seed.account_of(user).balance.amount == "10.00"


@pytest.mark.parametrize(
    "other",
    [
        replace(PAID, external_reference="BANK 2026-05-04/17"),
        replace(PAID, amount="11.00"),
        replace(PAID, reason="another file"),
        replace(PAID, kind=EntryKind.ADJUSTMENT, amount="-99.00"),
        replace(PAID, currency="USD"),
    ],
)
def test_whatever_else_is_said_of_it(world: World, other: CreditOrder) -> None:
    user = world.seed.a_customer("0.00")
    world.credited(world.admin_id, user.id, PAID, None)

    assert refusal(world, user, other) is not None


def test_a_partners_payment_is_nobody_elses(world: World) -> None:
    user, partner = world.seed.a_customer("0.00"), a_partner(world)
    world.move_credit.of_partner(world.admin_id, partner.id, PAID, None)

    first = refusal(world, user)
    assert (first.user_id, first.partner_id) == (None, partner.id)  # type: ignore[attr-defined]


def test_operators_at_the_same_moment_credit_it_once(world: World) -> None:
    users = [world.seed.a_customer("0.00") for _ in range(6)]

    def try_to(user: User) -> object:
        try:
            return world.credited(world.admin_id, user.id, PAID, None).entry
        except AlreadyCredited as refused:
            return refused.first and refused.first.entry

    outcomes = all_at_once([lambda user=user: try_to(user) for user in users])  # type: ignore[misc]

    assert len(set(outcomes)) == 1
    assert sum(float(world.seed.account_of(user).balance.amount) for user in users) == 10
    assert world.is_ledger_clean()


def test_what_was_not_credited_may_be_tried_again(world: World) -> None:
    user = world.seed.a_customer("0.00")
    with pytest.raises(Exception, match="USD"):
        world.credited(world.admin_id, user.id, replace(PAID, currency="USD"), None)

    assert world.credited(world.admin_id, user.id, PAID, None).entry.amount.amount == "10.00"


def test_without_a_reference_nothing_is_promised(world: World) -> None:
    user = world.seed.a_customer("0.00")
    for _ in "12":
        world.credited(world.admin_id, user.id, replace(PAID, external_reference=None), None)
    assert world.seed.account_of(user).balance.amount == "20.00"


@pytest.mark.parametrize("reference", ["", " x", "x  y", "x\ty", "é", "x" * 101])
def test_the_database_keeps_no_other_references(world: World, reference: str) -> None:
    user = world.seed.a_customer("0.00")
    with pytest.raises(IntegrityError):
        world.credited(world.admin_id, user.id, replace(PAID, external_reference=reference), None)
