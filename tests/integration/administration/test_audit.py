"""The audit log as a list."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.account import EntryKind
from offers.ports.pages import PageRequest
from offers.ports.store.audit import AuditQuery
from offers.services.administration.list_audit_events import ListAuditEvents
from offers.services.ledger.move_credit import CreditOrder
from tests.integration.worlds.administration import WHY

if TYPE_CHECKING:
    from tests.integration.worlds.administration import World

pytestmark = pytest.mark.integration


def test_the_log_is_filtered_and_paged(world: World) -> None:
    user = world.seed.a_customer("0.00")
    order = CreditOrder(EntryKind.TOP_UP, "1.00", None, WHY)
    for _ in range(5):
        world.move_credit(world.admin_id, user.id, order, None)
        world.clock.now += timedelta(minutes=1)
    listed = ListAuditEvents(world.store.reading)

    first = listed(world.admin_id, AuditQuery(subject=f"user:{user.id}"), PageRequest(3))
    rest = listed(world.admin_id, AuditQuery(subject=f"user:{user.id}"), PageRequest(3, first.next))
    times = [event.created_at for event in (*first.items, *rest.items)]
    assert (len(times), times) == (5, sorted(times, reverse=True))
    between = AuditQuery(created_from=times[3], created_to=times[1])
    page = listed(world.admin_id, between, PageRequest())
    assert [event.created_at for event in page.items] == times[2:4]
    assert listed(world.admin_id, AuditQuery(actor="nobody"), PageRequest()).items == ()
