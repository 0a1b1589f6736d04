"""The stored proof of the ledger."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.adapters.clock.ids import new_id
from offers.services.ledger.record_ledger_verification import RecordLedgerVerification
from offers.services.ledger.verify_ledger import VerifyLedger
from offers.services.ledger.views import LatestLedgerVerification

if TYPE_CHECKING:
    from tests.integration.worlds.administration import World

pytestmark = pytest.mark.integration


def test_the_newest_report_is_shown(world: World) -> None:
    verify = VerifyLedger(world.store.reading, world.clock)
    latest = LatestLedgerVerification(world.store.reading, verify)
    record = RecordLedgerVerification(verify, world.store.unit_of_work, new_id)
    assert latest(world.admin_id)["transactions"] == 0  # none stored yet: made now

    record()
    world.clock.now += timedelta(hours=1)
    newest = record()
    world.seed.a_customer()

    assert latest(world.admin_id) == newest.document()
