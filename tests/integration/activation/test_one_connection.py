"""No unit of work opens a second connection while it is open: a worker's threads share three."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.domain.idempotency import IdempotencyKey
from offers.services.activation.process_activation import ProcessActivation
from offers.services.activation.reconcile_activations import ReconcileActivations
from offers.services.activation.request_activation import RequestActivation
from offers.services.outbox.relay_outbox import RelayOutbox
from offers.wiring import Maker
from tests.fakes.clock import FakeClock
from tests.fakes.provisioning import FakeProvisioning, Mode
from tests.fakes.queues import FakeQueues
from tests.fakes.status_store import FakeStatusStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.seed import Seed

pytestmark = pytest.mark.integration


@pytest.fixture
def alone(database_url: str) -> Iterator[PostgresStore]:
    """A store that has one connection and waits for no other."""
    engine = make_engine(database_url, pool_size=1, max_overflow=0)
    engine.pool._timeout = 0.1  # type: ignore[attr-defined]  # QueuePool's
    yield PostgresStore(engine)
    engine.dispose()


@pytest.mark.parametrize("mode", [Mode.OK, Mode.REJECT, Mode.UNAVAILABLE, Mode.GARBAGE])
def test_the_whole_story_runs_on_one_connection(
    seed: Seed, alone: PostgresStore, mode: Mode
) -> None:
    provisioning = FakeProvisioning()
    provisioning.mode = mode
    make = Maker(
        unit_of_work=alone.unit_of_work,
        reading=alone.reading,
        clock=FakeClock(),
        queues=FakeQueues(),
        status=FakeStatusStore(),
        provisioning=provisioning,
    )
    user, offer = seed.a_customer("100.00"), seed.an_offer()

    accepted = make(RequestActivation)(user.id, offer.id, IdempotencyKey("u", "k", "p"))
    make(ProcessActivation)(accepted.transaction.id)
    make(ReconcileActivations)(lambda: True)
    make(RelayOutbox)(lambda: True)
