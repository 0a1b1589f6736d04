"""The world of these tests: an administrator's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.worlds.administration import World

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed


@pytest.fixture
def world(store: PostgresStore, seed: Seed) -> World:
    """An empty one."""
    return World(store, seed)
