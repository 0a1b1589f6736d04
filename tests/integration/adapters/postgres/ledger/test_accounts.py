"""Accounts and their movements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import NoResultFound

from offers.domain.account import Movement
from offers.domain.errors.customers import UserNotFound
from offers.domain.ids import AccountId, LedgerEntryId, UserId
from tests.factories import NOW, money, new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration


def test_an_account_is_found_by_its_user(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer("12.34")
    with store.unit_of_work() as work:
        account = work.accounts.of_user(user.id)
        assert account.balance == money("12.34")
        assert work.accounts.lock_for_user(user.id) == account
        assert work.accounts.lock(account.id) == account


def test_unknown_and_deactivated_users_have_no_account_to_lock(
    seed: Seed, store: PostgresStore
) -> None:
    away = seed.a_customer(is_active=False)
    with store.reading() as reading:
        assert reading.accounts.of_user(away.id).balance == money("100.00")
        for user_id in (away.id, UserId(new_id())):
            with pytest.raises(UserNotFound):
                reading.accounts.lock_for_user(user_id)
        with pytest.raises(UserNotFound):
            reading.accounts.of_user(UserId(new_id()))
        with pytest.raises(NoResultFound):
            reading.accounts.lock(AccountId(new_id()))


def test_a_movement_stores_the_balance_and_its_entry(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer("10.00")
    cause = Movement(LedgerEntryId(new_id()), NOW, "admin", "goodwill")

    with store.unit_of_work() as work:
        work.accounts.move(*work.accounts.lock_for_user(user.id).adjust(money("-2.50"), cause))

    account = seed.account_of(user)
    assert (account.balance, account.updated_at) == (money("7.50"), NOW)
