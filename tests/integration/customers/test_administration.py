"""Users under administration: accounts, credits, and nobody locking everybody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.domain.account import EntryKind
from offers.domain.errors.activation import IdempotencyKeyReused
from offers.domain.errors.administration import NotPermitted, StaleVersion
from offers.domain.errors.customers import CannotDeactivateSelf, UsernameTaken, UserNotFound
from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.money import CurrencyMismatch, InvalidMoney
from offers.domain.errors.sessions import InvalidToken
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import UserId
from offers.domain.user import Role
from offers.ports.pages import PageRequest
from offers.ports.store.sessions import Claimant
from offers.ports.store.users import UserQuery
from offers.services.customers.create_user import NewUser
from offers.services.customers.views import SearchUsers
from offers.services.ledger.move_credit import CreditOrder
from tests.factories import a_refresh_token, a_session, new_id
from tests.integration.worlds.administration import WHY, World
from tests.threads import all_at_once

if TYPE_CHECKING:
    from offers.ports.store.users import UserView

pytestmark = pytest.mark.integration

ADA = NewUser("Ada", "ada@example.com", "Ada", "Martin", "en", "UTC", Role.CUSTOMER, "CHF")
TEN = CreditOrder(EntryKind.TOP_UP, "10.00", None, WHY)


def set_active(world: World, user_id: UserId, *, active: bool) -> UserView:
    return world.set_user_active(world.admin_id, user_id, is_active=active, seen=None, reason=WHY)


def key_of(body: str) -> IdempotencyKey:
    return IdempotencyKey.of("user:1", "key-1", "POST /x", {"amount": body})


def test_a_new_user_has_an_empty_account_in_their_currency(world: World) -> None:
    view = world.create_user(world.admin_id, ADA, "correct horse", WHY)

    with world.store.reading() as store:
        found = Claimant(view.user, is_at_known_place=False)
        assert store.sessions.find_claimant("ada", b"") == found
        assert str(store.accounts.of_user(view.user.id).balance) == "0.00 CHF"
    (event,) = world.audit(subject=f"user:{view.user.id}")
    assert "correct horse" not in repr(event)
    assert view.user.password_hash not in repr(event)


def test_a_username_is_used_once_whatever_its_case(world: World) -> None:
    world.create_user(world.admin_id, ADA, "correct horse", WHY)

    other = NewUser("ADA", "b@example.com", "", "", "en", "UTC", Role.CUSTOMER, "EUR")
    with pytest.raises(UsernameTaken):
        world.create_user(world.admin_id, other, "battery staple", WHY)


def test_the_first_administrator_needs_none(world: World) -> None:
    new = NewUser("ops", "ops@example.com", "", "", "en", "UTC", Role.ADMIN, "EUR")

    view = world.create_administrator(new, "$argon2id$hash", WHY)

    assert view.user.password_hash == "$argon2id$hash"
    (event,) = world.audit(actor="operator")
    assert event.action == "user.created"


def test_users_are_found_by_name_and_state(world: World) -> None:
    known = [world.seed.a_customer(username=name) for name in ("Berta", "berthold", "carla")]
    search = SearchUsers(world.store.reading)

    def found(query: UserQuery) -> list[str]:
        page = search(world.admin_id, query, PageRequest())
        return [view.user.username for view in page.items]

    set_active(world, known[1].id, active=False)
    assert found(UserQuery(search="bert")) == ["berthold", "Berta"]
    assert found(UserQuery(username="BERTA")) == ["Berta"]
    assert found(UserQuery(is_active=False)) == ["berthold"]
    assert found(UserQuery(role=Role.ADMIN)) == [world.admin.username]


def test_deactivation_ends_every_session_and_is_audited(world: World) -> None:
    session = a_session(user := world.seed.a_customer())
    with world.store.unit_of_work() as work:
        work.sessions.open(session, a_refresh_token(session, b"hash"))

    view = set_active(world, user.id, active=False)

    assert (view.user.is_active, view.user.version) == (False, 2)
    with world.store.unit_of_work() as work, pytest.raises(InvalidToken):
        work.sessions.present(b"hash").session.require_open(world.clock())
    assert world.denylist.is_denied(session.id)
    with world.store.unit_of_work() as work, pytest.raises(UserNotFound):
        work.accounts.lock_for_user(user.id)
    assert set_active(world, user.id, active=False) == view
    assert set_active(world, user.id, active=True).user.version == 3
    assert [event.after for event in world.audit()] == [{"active": True}, {"active": False}]


def test_an_unknown_user_is_not_found(world: World) -> None:
    with pytest.raises(UserNotFound):
        set_active(world, UserId(new_id()), active=False)


def test_a_stale_view_does_not_decide(world: World) -> None:
    user, stale = world.seed.a_customer(), frozenset({2})
    with pytest.raises(StaleVersion):
        world.set_user_active(world.admin_id, user.id, is_active=False, seen=stale, reason=WHY)


def test_administrators_cannot_lock_themselves_out(world: World) -> None:
    with pytest.raises(CannotDeactivateSelf):
        set_active(world, world.admin_id, active=False)
    other = world.an_admin()
    assert not set_active(world, other.id, active=False).user.is_active


def test_two_administrators_who_deactivate_each_other_leave_one(world: World) -> None:
    other = world.an_admin()

    def try_to(actor: UserId, victim: UserId) -> bool:
        try:
            world.set_user_active(actor, victim, is_active=False, seen=None, reason=WHY)
        except NotPermitted:
            return False
        return True

    outcomes = all_at_once(
        [lambda: try_to(world.admin_id, other.id), lambda: try_to(other.id, world.admin_id)]
    )
    assert sorted(outcomes) == [False, True]


def test_a_credit_is_one_entry_and_one_audit_event(world: World) -> None:
    user = world.seed.a_customer("5.00")

    moved = world.credited(world.admin_id, user.id, TEN, None)

    assert (moved.entry.actor, moved.entry.reason) == (f"admin:{world.admin_id}", WHY)
    assert world.seed.account_of(user).balance == moved.entry.balance_after
    (event,) = world.audit(action="account.credit_moved")
    assert event.before == {"balance": "5.00"}
    assert event.after is not None
    assert (event.after["balance"], event.after["entry_id"]) == ("15.00", str(moved.entry.id))
    assert world.is_ledger_clean()


def test_a_repeated_credit_is_moved_once(world: World) -> None:
    user = world.seed.a_customer("0.00")

    tries = [lambda: world.credited(world.admin_id, user.id, TEN, key_of("10"))] * 4
    moved = all_at_once(tries)

    assert len({each.entry.id for each in moved}) == 1
    assert sorted(each.is_replay for each in moved) == [False, True, True, True]
    assert world.seed.account_of(user).balance.amount == "10.00"
    assert len(world.audit()) == 1
    with pytest.raises(IdempotencyKeyReused):
        world.credited(world.admin_id, user.id, TEN, key_of("11"))


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (CreditOrder(EntryKind.ADJUSTMENT, "-5.01", None, WHY), InsufficientBalance),
        (CreditOrder(EntryKind.TOP_UP, "-1.00", None, WHY), InvalidMoney),
        (CreditOrder(EntryKind.TOP_UP, "0", None, WHY), InvalidMoney),
        (CreditOrder(EntryKind.ADJUSTMENT, "0.00", None, WHY), InvalidMoney),
        (CreditOrder(EntryKind.TOP_UP, "1.001", None, WHY), InvalidMoney),
        (CreditOrder(EntryKind.TOP_UP, "1.00", "USD", WHY), CurrencyMismatch),
    ],
)
def test_a_refused_credit_changes_nothing(
    world: World, order: CreditOrder, error: type[Exception]
) -> None:
    user = world.seed.a_customer("5.00")

    with pytest.raises(error):
        world.credited(world.admin_id, user.id, order, None)
    assert world.seed.account_of(user).balance.amount == "5.00"
    assert world.audit() == ()


def test_a_balance_can_be_paid_out_to_the_last_cent_after_deactivation(world: World) -> None:
    user = world.seed.a_customer("5.00")
    set_active(world, user.id, active=False)

    order = CreditOrder(EntryKind.ADJUSTMENT, "-5.00", "EUR", "paid out")
    assert world.credited(world.admin_id, user.id, order, None).entry.balance_after.amount == (
        "0.00"
    )
    with pytest.raises(UserNotFound):
        world.credited(world.admin_id, UserId(new_id()), order, None)
