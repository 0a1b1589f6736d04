"""Texts and moments that PostgreSQL cannot hold, or reads otherwise."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from offers.ports.pages import PageRequest
from offers.ports.store.offers import OfferQuery
from tests.factories import NOW

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("username", ["ada\0", "\0", "\ud800", "ada\udfff", "'; --", "a" * 10_000])
def test_names_that_cannot_exist_are_not_found(store: PostgresStore, username: str) -> None:
    with store.reading() as reading:
        assert reading.sessions.find_claimant(username, b"") is None
        assert reading.offers.page(OfferQuery(search=username), PageRequest()).items == ()


def test_a_moment_without_time_zone_is_refused(store: PostgresStore) -> None:
    with store.reading() as reading, pytest.raises(Exception, match="time zone"):
        reading.outbox.take_due(NOW.replace(tzinfo=None), 1, NOW)


def test_moments_are_utc_whatever_the_server_thinks(seed: Seed, store: PostgresStore) -> None:
    user = seed.a_customer()
    with seed.engine.connect() as connection:
        connection.execute(text("SET timezone = 'Asia/Kolkata'"))

    with store.reading() as reading:
        stored = reading.users.get(user.id)
    assert stored == user
    assert stored.created_at.utcoffset() == timedelta(0)
