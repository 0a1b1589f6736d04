"""Money to oneself and large credits wait for a second administrator."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from offers.domain.account import EntryKind
from offers.domain.credit import OPEN_FOR, CreditStatus
from offers.domain.errors.administration import NotPermitted
from offers.domain.errors.ledger import (
    AlreadyCredited,
    CreditRequested,
    CreditRequestNotFound,
    CreditRequestSettled,
    InsufficientBalance,
    SecondAdministratorNeeded,
)
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import CreditRequestId
from offers.ports.pages import PageRequest
from offers.services.ledger.decide_credit import CreditVerdict
from offers.services.ledger.move_credit import CreditMoved, CreditOrder, CreditWaits
from tests.factories import new_id
from tests.integration.worlds.administration import WHY, World
from tests.threads import all_at_once

if TYPE_CHECKING:
    from offers.domain.credit import CreditRequest
    from offers.domain.user import User

pytestmark = pytest.mark.integration

LARGE = CreditOrder(EntryKind.TOP_UP, "10000.01", None, WHY, "bank 17")
YES = CreditVerdict(is_approved=True, reason="seen")
NO = CreditVerdict(is_approved=False, reason="not seen")


def waiting(world: World, user: User, order: CreditOrder = LARGE) -> CreditRequest:
    result = world.move_credit(world.admin_id, user.id, order, None)
    assert isinstance(result, CreditWaits)
    return result.request


def balance(world: World, user: User) -> str:
    return world.seed.account_of(user).balance.amount


def listed(world: World, status: CreditStatus | None) -> list[CreditStatus]:
    page = world.list_credits(world.admin_id, status, PageRequest())
    return [each.status for each in page.items]


def test_a_large_credit_moves_when_another_administrator_agrees(world: World) -> None:
    user, second = world.seed.a_customer("0.00"), world.an_admin()
    request = waiting(world, user)
    assert (balance(world, user), request.requester) == ("0.00", world.admin.username)
    assert listed(world, CreditStatus.PENDING) == [CreditStatus.PENDING]

    approved = world.decide_credit(second.id, request.id, YES)

    assert balance(world, user) == "10000.01"
    assert (approved.status, approved.decider) == (CreditStatus.APPROVED, second.username)
    assert world.decide_credit(second.id, request.id, YES) == approved
    assert balance(world, user) == "10000.01"
    moved, asked = world.audit(subject=f"user:{user.id}")
    assert (asked.action, asked.actor) == ("account.credit_requested", f"admin:{world.admin_id}")
    assert (moved.action, moved.actor) == ("account.credit_moved", f"admin:{second.id}")
    assert moved.after is not None
    assert moved.after["requested_by"] == f"admin:{world.admin_id}"
    assert moved.after["decided_by"] == f"admin:{second.id}"
    with pytest.raises(AlreadyCredited) as caught:
        world.move_credit(world.admin_id, user.id, LARGE, None)
    assert caught.value.first is not None
    assert caught.value.first.credited_by == world.admin.username
    assert world.is_ledger_clean()


def test_nobody_decides_about_their_own(world: World) -> None:
    user, second = world.seed.a_customer("0.00"), world.an_admin()
    own = waiting(world, world.admin, replace(LARGE, amount="0.01", external_reference="x"))
    to_second = world.move_credit(world.admin_id, second.id, LARGE, None)
    assert isinstance(to_second, CreditWaits)

    for admin, request in ((world.admin, own), (second, to_second.request)):
        for verdict in (YES, NO):
            with pytest.raises(SecondAdministratorNeeded):
                world.decide_credit(admin.id, request.id, verdict)
    with pytest.raises(NotPermitted):
        world.decide_credit(user.id, own.id, YES)
    assert balance(world, world.admin) == "0.00"
    assert world.decide_credit(second.id, own.id, YES).status is CreditStatus.APPROVED
    assert balance(world, world.admin) == "0.01"


def test_the_database_keeps_two_people_apart(world: World) -> None:
    request = waiting(world, world.seed.a_customer("0.00"))
    with world.seed.engine.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(
            text(
                "UPDATE credit_requests SET status = 'rejected', decided_by = requested_by,"
                " decided_at = now(), decision = 'x' WHERE id = :id"
            ),
            {"id": request.id},
        )


@pytest.mark.parametrize(
    ("amount", "waits"), [("10000.00", False), ("10000.01", True), ("-10000.01", True)]
)
def test_the_amount_decides(world: World, *, amount: str, waits: bool) -> None:
    user = world.seed.a_customer("20000.00")
    order = CreditOrder(EntryKind.ADJUSTMENT, amount, None, WHY)
    result = world.move_credit(world.admin_id, user.id, order, None)
    assert isinstance(result, CreditWaits) is waits


def test_what_was_rejected_moves_nothing_and_may_be_asked_for_again(world: World) -> None:
    user, second = world.seed.a_customer("0.00"), world.an_admin()
    request = waiting(world, user)

    rejected = world.decide_credit(second.id, request.id, NO)

    assert (rejected.status, rejected.decision) == (CreditStatus.REJECTED, "not seen")
    with pytest.raises(CreditRequestSettled):
        world.decide_credit(second.id, request.id, YES)
    assert world.audit()[0].action == "account.credit_rejected"
    assert balance(world, user) == "0.00"
    again = waiting(world, user)
    assert world.decide_credit(second.id, again.id, YES).entry_id is not None


def test_what_nobody_decided_about_expires_and_frees_its_reference(world: World) -> None:
    user, second = world.seed.a_customer("0.00"), world.an_admin()
    request = waiting(world, user)
    world.clock.now += OPEN_FOR

    with pytest.raises(CreditRequestSettled, match="expired"):
        world.decide_credit(second.id, request.id, YES)
    assert listed(world, CreditStatus.EXPIRED) == [CreditStatus.EXPIRED]
    assert listed(world, CreditStatus.PENDING) == []
    waiting(world, user)
    assert listed(world, None) == [CreditStatus.PENDING, CreditStatus.EXPIRED]


def test_a_payment_waits_once(world: World) -> None:
    user, other = world.seed.a_customer("0.00"), world.seed.a_customer("0.00")
    request = waiting(world, user)

    small = replace(LARGE, amount="1.00", external_reference="BANK 17")
    for order in (LARGE, small):
        with pytest.raises(CreditRequested) as caught:
            world.move_credit(world.an_admin().id, other.id, order, None)
        assert caught.value.request == request


def test_a_key_replays_what_waits(world: World) -> None:
    user, second = world.seed.a_customer("0.00"), world.an_admin()
    key = IdempotencyKey.of("user:1", "key-1", "POST /x", {})
    first = world.move_credit(world.admin_id, user.id, LARGE, key)
    assert isinstance(first, CreditWaits)
    world.decide_credit(second.id, first.request.id, YES)

    again = world.move_credit(world.admin_id, user.id, LARGE, key)

    assert isinstance(again, CreditWaits)
    assert (again.request.status, again.is_replay) == (CreditStatus.APPROVED, True)
    assert balance(world, user) == "10000.01"


def test_two_who_decide_at_once_decide_once(world: World) -> None:
    user = world.seed.a_customer("0.00")
    request = waiting(world, user)
    others = [world.an_admin() for _ in range(4)]

    def try_to(admin: User, verdict: CreditVerdict) -> str:
        try:
            return world.decide_credit(admin.id, request.id, verdict).status
        except CreditRequestSettled:
            return "settled"

    tries = [(admin, YES if number % 2 else NO) for number, admin in enumerate(others)]
    outcomes = all_at_once([lambda t=each: try_to(*t) for each in tries])  # type: ignore[misc]

    assert outcomes.count("settled") == 3
    assert balance(world, user) == ("10000.01" if "approved" in outcomes else "0.00")
    assert world.is_ledger_clean()


def test_a_reference_that_was_credited_meanwhile_or_a_spent_balance_stops_it(world: World) -> None:
    user, second = world.seed.a_customer("20000.00"), world.an_admin()
    taking = replace(LARGE, kind=EntryKind.ADJUSTMENT, amount="-15000", external_reference="a")
    first, other = (
        waiting(world, user, taking),
        waiting(world, user, replace(taking, external_reference="b")),
    )
    world.decide_credit(second.id, first.id, YES)

    with pytest.raises(InsufficientBalance):
        world.decide_credit(second.id, other.id, YES)
    assert listed(world, CreditStatus.PENDING) == [CreditStatus.PENDING]
    with pytest.raises(CreditRequestNotFound):
        world.decide_credit(second.id, CreditRequestId(new_id()), YES)
    world.clock.now += timedelta(days=1)
    moved = world.move_credit(
        second.id, user.id, replace(LARGE, amount="1.00", external_reference="c"), None
    )
    assert isinstance(moved, CreditMoved)
