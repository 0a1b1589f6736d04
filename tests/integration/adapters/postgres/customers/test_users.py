"""Users."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.customers import UserNotFound
from offers.domain.ids import UserId
from tests.factories import new_id

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration


def test_a_user_is_found_by_id(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer(username="Ada.Lovelace")

    with store.reading() as reading:
        assert reading.users.get(user.id) == user
        with pytest.raises(UserNotFound):
            reading.users.get(UserId(new_id()))


def test_texts_that_cannot_be_stored_are_repaired(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer()

    with store.unit_of_work() as work:
        work.users.save_password_hash(user.id, "a\0b\ud800c ü \N{GRINNING FACE}")

    with store.reading() as reading:
        stored = reading.users.get(user.id).password_hash
    assert stored == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c ü \N{GRINNING FACE}"
