"""Fixtures for tests that watch the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from tests.wire import a_wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.wire import Wire


@pytest.fixture
def wire(database_url: str) -> Iterator[Wire]:
    """What goes over the line between ``watched`` and the server."""
    with a_wire(database_url) as wire:
        yield wire


@pytest.fixture
def watched(wire: Wire) -> Iterator[PostgresStore]:
    """The store over the wire, with the production pool, its connection made and the log empty."""
    engine = make_engine(wire.url)
    with engine.connect():
        pass
    wire.queries.clear()
    yield PostgresStore(engine)
    engine.dispose()
