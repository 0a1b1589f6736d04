"""Cursors are what strangers send: whatever they hold, a list answers or says InvalidCursor."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offers.domain.errors.lists import InvalidCursor
from offers.domain.ids import PartnerId, UserId
from offers.ports.pages import PageRequest
from offers.ports.store.audit import AuditQuery
from offers.ports.store.offers import OfferQuery
from offers.ports.store.transactions import TransactionQuery
from offers.ports.store.users import UserQuery
from tests.factories import NOW, new_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.adapters.postgres.store import PostgresStore
    from offers.ports.pages import Position
    from offers.ports.store.work import Work
    from tests.seed import Seed

pytestmark = pytest.mark.integration

SORTS = ("name", "-name", "price", "-price", "created_at", "-created_at")
USER = UserId(UUID(int=0))


def _offers_by(sort: str) -> Callable[[Work, PageRequest], Any]:
    return lambda store, request: store.offers.page(OfferQuery(sort=sort), request)


LISTS: dict[str, Callable[[Work, PageRequest], Any]] = {
    **{f"offers:{sort}": _offers_by(sort) for sort in SORTS},
    "transactions": lambda store, request: store.transactions.page(TransactionQuery(), request),
    "subscriptions": lambda store, request: store.subscriptions.page(USER, None, request),
    "subscriptions:expiring": lambda store, request: store.subscriptions.page_expiring(
        USER, NOW + timedelta(days=99), request
    ),
    "users": lambda store, request: store.users.page(UserQuery(), request),
    "partners": lambda store, request: store.partners.page(request),
    "webhook_deliveries": lambda store, request: store.webhook_deliveries.page(
        PartnerId(USER), None, request
    ),
    "audit": lambda store, request: store.audit.page(AuditQuery(), request),
}
FAR_ZONES = ("0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00+16:00", "9999-12-31T23:59:59-23:59")
VALUES = st.one_of(
    st.text(),
    st.integers().map(str),
    st.uuids().map(str),
    st.datetimes().map(str),
    st.datetimes(timezones=st.timezones()).map(lambda each: each.isoformat()),
    st.sampled_from(["", "\0", "\ud800", "NaN", "1e5", "٣", "9" * 5000, *FAR_ZONES]),
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), name=st.sampled_from(sorted(LISTS)))
def test_a_list_answers_or_refuses_the_cursor(
    store: PostgresStore, data: st.DataObject, name: str
) -> None:
    values = data.draw(st.lists(VALUES, max_size=3))
    position = data.draw(st.sampled_from([(name, *values), tuple(values)]))

    with store.reading() as reading, suppress(InvalidCursor):
        LISTS[name](reading, PageRequest(2, position))


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.parametrize(
    "values", [(), ("1",), ("1", "2", "3"), (NOW.isoformat(), "no id"), ("no id",), (str(USER), "")]
)
def test_a_damaged_cursor_is_refused(
    store: PostgresStore, name: str, values: tuple[str, ...]
) -> None:
    with store.reading() as reading, pytest.raises(InvalidCursor):
        LISTS[name](reading, PageRequest(2, (name, *values)))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("offers:price", ("1_0",)),
        ("offers:price", (" 1",)),
        ("offers:price", ("+1",)),
        ("offers:price", (str(2**63),)),
        ("offers:price", (str(-(2**63)),)),
        ("offers:price", ("9" * 5000,)),
        ("offers:created_at", ("2026-01-01T00:00:00",)),
        ("offers:created_at", ("2026-01-01",)),
        ("offers:created_at", ("2026-01-01T00:00:00+16:00",)),
        ("offers:created_at", ("2026-01-01T00:00:00+01:00",)),
        ("offers:name", ("a\0",)),
        ("offers:name", ("\ud800",)),
    ],
)
def test_a_value_that_no_row_has_written_is_refused(
    store: PostgresStore, name: str, values: tuple[str, ...]
) -> None:
    with store.reading() as reading, pytest.raises(InvalidCursor):
        LISTS[name](reading, PageRequest(2, (name, *values, str(new_id()))))


def test_a_cursor_of_another_list_or_order_is_refused(seed: Seed, store: PostgresStore) -> None:
    for _ in range(2):
        seed.an_offer()
    with store.reading() as reading:
        position: Position | None = LISTS["offers:name"](reading, PageRequest(1)).next
        assert position is not None
        for name in sorted(LISTS.keys() - {"offers:name"}):
            with pytest.raises(InvalidCursor):
                LISTS[name](reading, PageRequest(1, position))
        with pytest.raises(InvalidCursor):
            LISTS["offers:name"](reading, PageRequest(1, ()))
        assert len(LISTS["offers:name"](reading, PageRequest(1, position)).items) == 1
