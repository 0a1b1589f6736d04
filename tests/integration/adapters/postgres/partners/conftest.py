"""The world of these tests: a partner's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.integration.worlds.partners import PartnerWorld

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from tests.seed import Seed


@pytest.fixture
def world(store: PostgresStore, seed: Seed) -> PartnerWorld:
    """An empty one."""
    return PartnerWorld(store, seed)
