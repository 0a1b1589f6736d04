"""Which indexes PostgreSQL takes for partners: what a request costs does not grow with the past."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.domain.webhook import DeliveryStatus
from offers.ports.pages import PageRequest
from offers.ports.store.transactions import TransactionQuery
from tests.factories import NOW
from tests.partner_factories import an_endpoint, an_order
from tests.wire import a_wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from offers.domain.ids import PartnerId
    from offers.ports.store.work import Work
    from tests.integration.worlds.partners import PartnerWorld

pytestmark = pytest.mark.integration

_COPY = """
    INSERT INTO {table} SELECT (jsonb_populate_record(one, to_jsonb(change))).*
    FROM {table} AS one, LATERAL (
        SELECT gen_random_uuid() AS id,
               timestamptz '2025-01-01' + n * interval '1 minute' AS created_at, {changes}
        FROM generate_series(1, 4000) AS n
    ) AS change
    WHERE one.ctid = (SELECT min(ctid) FROM {table})
"""
_WHOSE = "CASE WHEN n % 50 = 0 THEN one.partner_id ELSE gen_random_uuid() END AS partner_id"
_MANY = {
    "transactions": f"'ref ' || n AS reference, 'p ' || n AS partner_reference, {_WHOSE},"
    " gen_random_uuid() AS subscription_id",
    "webhook_deliveries": f"gen_random_uuid() AS transaction_id, {_WHOSE}",
    "webhook_attempts": "gen_random_uuid() AS delivery_id",
    "partner_api_keys": "'key ' || n AS api_key_id, gen_random_uuid() AS partner_id",
    "partners": "'partner ' || n AS name",
    "partner_usage": "gen_random_uuid() AS partner_id",
    "accounts": "gen_random_uuid() AS partner_id, NULL AS user_id",
}
_ASKED: dict[str, Callable[[Work, PartnerId], object]] = {
    "transactions_partner_reference_key": lambda store, me: store.transactions.find_order(
        me, "p 7"
    ),
    "transactions_reference_key": lambda store, me: store.transactions.order(me, "ref 4000"),
    "transactions_partner_id_idx": lambda store, me: store.transactions.page(
        TransactionQuery(partner_id=me), PageRequest()
    ),
    "webhook_deliveries_partner_id_idx": lambda store, me: store.webhook_deliveries.page(
        me, None, PageRequest()
    ),
    "webhook_deliveries_created_at_idx": lambda store, _: store.webhook_deliveries.delete_before(
        NOW - timedelta(days=9999), 10
    ),
    "partner_api_keys_pkey": lambda store, me: store.partners.of_api_key(f"key-of-{me}"),
    "accounts_partner_id_key": lambda store, me: store.partners.lock_payer(me),
}


def test_no_partner_pays_for_the_past(
    world: PartnerWorld, engine: Engine, database_url: str
) -> None:
    partner = world.a_partner(webhook=an_endpoint())
    order = an_order(world.seed.a_customer(), world.seed.an_offer(), partner_reference="first")
    world.ends(world.activate(partner.id, order).transaction)
    world.deliver_all()
    assert world.delivery(partner).delivery.status is DeliveryStatus.DELIVERED
    with engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # no triggers
        for table, changes in _MANY.items():
            connection.execute(text(_COPY.format(table=table, changes=changes)))
        connection.execute(text("RESET session_replication_role"))
        connection.execute(text("ANALYZE"))

    with a_wire(database_url) as wire:
        watching = make_engine(wire.url)
        for index, ask in _ASKED.items():
            with PostgresStore(watching).reading() as store:
                wire.queries.clear()
                ask(store, partner.id)
            nodes = _plan(engine, wire.queries[0])
            assert index in {node.get("Index Name") for node in nodes}, nodes
            assert "Seq Scan" not in {node["Node Type"] for node in nodes}, (index, nodes)
        watching.dispose()


def _plan(engine: Engine, query: str) -> list[dict[str, Any]]:
    """All nodes of the plan that PostgreSQL has for a query."""
    with engine.connect() as connection:
        explained = "EXPLAIN (FORMAT JSON) " + query.replace("%", "%%")
        nodes = [connection.exec_driver_sql(explained).scalar_one()[0]["Plan"]]
    for node in nodes:
        nodes += node.get("Plans", [])
    return nodes
