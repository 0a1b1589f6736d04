"""The world of these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.administration.world import World

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed


@pytest.fixture
def world(store: PostgresStore, seed: Seed) -> World:
    return World(store, seed)
