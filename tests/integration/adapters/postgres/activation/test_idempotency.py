"""Idempotency keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.activation import IdempotencyKeyReused
from offers.domain.idempotency import IdempotencyKey
from tests.factories import NOW, new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore

pytestmark = pytest.mark.integration

SECOND = timedelta(seconds=1)


def test_a_key_is_bound_to_its_first_result(store: PostgresStore) -> None:
    key, first = IdempotencyKey("user:1", "key", "print"), new_id()

    with store.unit_of_work() as work:
        assert work.idempotency.claimed_before(key, first, NOW) is None
    with store.unit_of_work() as work:
        assert work.idempotency.claimed_before(key, new_id(), NOW) == first
        assert work.idempotency.claimed_before(key, new_id(), NOW) == first


def test_without_a_key_nothing_is_bound(store: PostgresStore) -> None:
    with store.unit_of_work() as work:
        assert work.idempotency.claimed_before(None, new_id(), NOW) is None
        assert work.idempotency.claimed_before(None, new_id(), NOW) is None


def test_a_key_of_a_unit_that_broke_is_free(store: PostgresStore) -> None:
    key, second = IdempotencyKey("user:1", "key", "print"), new_id()

    def broken() -> None:
        with store.unit_of_work() as work:
            work.idempotency.claimed_before(key, new_id(), NOW)
            raise LookupError

    with pytest.raises(LookupError):
        broken()
    with store.unit_of_work() as work:
        assert work.idempotency.claimed_before(key, second, NOW) is None


def test_keys_belong_to_callers_and_to_requests(store: PostgresStore) -> None:
    key = IdempotencyKey("user:1", "key", "print")
    with store.unit_of_work() as work:
        work.idempotency.claimed_before(key, new_id(), NOW)
        others = replace(key, caller="user:2")
        assert work.idempotency.claimed_before(others, new_id(), NOW) is None

    with pytest.raises(IdempotencyKeyReused), store.unit_of_work() as work:
        work.idempotency.claimed_before(replace(key, fingerprint="another"), new_id(), NOW)


def test_old_keys_are_forgotten_a_few_at_a_time(store: PostgresStore) -> None:
    with store.unit_of_work() as work:
        for age in range(5):
            key = IdempotencyKey("user:1", f"key {age}", "print")
            work.idempotency.claimed_before(key, new_id(), NOW - age * SECOND)

    with store.reading() as reading:
        assert reading.idempotency.delete_before(NOW - SECOND, 2) == 2
        assert reading.idempotency.delete_before(NOW - SECOND, 2) == 1
        assert reading.idempotency.delete_before(NOW - SECOND, 2) == 0
