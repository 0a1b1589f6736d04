"""Port TransactionStatusStore: the fake and Redis."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from offers.adapters.redis.status_store import RedisTransactionStatusStore
from offers.domain.ids import TransactionId
from tests.contract.values import a_full_transaction, a_transaction
from tests.factories import NOW, new_id
from tests.fakes.status_store import FakeStatusStore

if TYPE_CHECKING:
    from offers.domain.transaction import Transaction
    from offers.ports.outside.status import TransactionStatusStore


@pytest.fixture(params=["fake", "redis"])
def store(request: pytest.FixtureRequest) -> TransactionStatusStore:
    if request.param == "fake":
        return FakeStatusStore()
    return RedisTransactionStatusStore(request.getfixturevalue("redis"))


@pytest.mark.parametrize("transaction", [a_transaction(), a_full_transaction()])
def test_a_published_transaction_is_found_whole(
    store: TransactionStatusStore, transaction: Transaction
) -> None:
    store.publish(transaction)
    assert store.find(transaction.id) == transaction


def test_an_unknown_transaction_is_not_found(store: TransactionStatusStore) -> None:
    assert store.find(TransactionId(new_id())) is None


def test_the_status_never_goes_backwards_in_whatever_order_it_is_told(
    store: TransactionStatusStore,
) -> None:
    for order in permutations(range(3)):
        accepted = a_transaction()
        claimed = accepted.claim(timedelta(seconds=60), NOW)
        states = [accepted, claimed, claimed.succeed("PRV-1", NOW)]
        newest = 0
        for step in order:
            store.publish(states[step])
            newest = max(newest, step)
            assert store.find(accepted.id) == states[newest]


def test_the_same_version_may_be_told_again(store: TransactionStatusStore) -> None:
    transaction = a_transaction()
    store.publish(transaction)
    store.publish(replace(transaction, attempts=1))
    found = store.find(transaction.id)
    assert found is not None
    assert found.attempts == 1


def test_versions_are_compared_as_numbers(store: TransactionStatusStore) -> None:
    ninth = a_transaction(version=9)
    tenth = replace(ninth, version=10)
    store.publish(tenth)
    store.publish(ninth)
    assert store.find(ninth.id) == tenth


def test_transactions_do_not_mix(store: TransactionStatusStore) -> None:
    first, second = a_transaction(), a_transaction()
    store.publish(first)
    store.publish(second)
    assert store.find(first.id) == first
    assert store.find(second.id) == second
