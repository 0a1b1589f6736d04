"""Which indexes PostgreSQL takes: what a request costs does not grow with the history."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.domain.idempotency import IdempotencyKey
from offers.domain.ids import OfferId, UserId
from offers.ports.pages import PageRequest
from offers.ports.store.offers import OfferQuery
from offers.ports.store.transactions import TransactionQuery
from tests.factories import NOW, a_refresh_token, a_session, new_id
from tests.seed import Seed
from tests.wire import a_wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from offers.ports.store.work import Work
    from tests.conftest import NewDatabase
    from tests.wire import Wire

pytestmark = pytest.mark.integration

_ROWS = 5_000
_COPY = """
    INSERT INTO {table} SELECT (jsonb_populate_record(one, to_jsonb(change))).*
    FROM {table} AS one, LATERAL (
        SELECT gen_random_uuid() AS id,
               timestamptz '2025-01-01' + number * interval '1 minute' AS created_at,
               timestamptz '2025-01-01' + number * interval '1 minute' AS updated_at, {changes}
        FROM generate_series(1, :rows) AS number
    ) AS change
    WHERE to_jsonb(one) ->> 'kind' IS DISTINCT FROM 'top_up'
"""
_MANY = {
    "offers": "'code ' || number AS code, 'name ' || number AS name, number AS price_minor",
    "subscriptions": "'expired' AS status, gen_random_uuid() AS user_id, now() AS starts_at,"
    " now() + interval '1 day' AS expires_at",
    "transactions": "'ref ' || number AS reference, 'SUCCESS' AS status, now() AS completed_at,"
    " CASE WHEN number % 50 = 0 THEN one.user_id ELSE gen_random_uuid() END AS user_id,"
    " gen_random_uuid() AS subscription_id",
    "ledger_entries": "number + 9 AS sequence, gen_random_uuid() AS account_id,"
    " CASE WHEN number % 2 = 0 THEN gen_random_uuid() END AS transaction_id,"
    " CASE WHEN number % 2 = 0 THEN 'charge' ELSE 'adjustment' END AS kind,"
    " CASE WHEN number % 2 = 1 THEN 'bank ' || number END AS external_reference",
    "outbox": "now() AS dispatch_after, NULL AS transaction_id",
    "idempotency_keys": "'key ' || number AS key, gen_random_uuid() AS result_id",
    "users": "'Name ' || number AS username, 'name ' || number AS sign_in_name,"
    " gen_random_uuid() AS unsubscribe_token",
    "accounts": "gen_random_uuid() AS user_id",
    "sessions": "gen_random_uuid() AS user_id, now() AS ends_at",
    "refresh_tokens": "('\\x' || md5(number::text)) AS token_hash, now() AS expires_at,"
    " gen_random_uuid() AS family_id",
}


@pytest.fixture(scope="module")
def big(new_database: NewDatabase) -> Iterator[tuple[Wire, PostgresStore, Any]]:
    """A database with much in it, the wire to it, and one purchase to ask about."""
    with new_database() as url, a_wire(url) as wire:
        direct = make_engine(url)
        store = PostgresStore(direct)
        seed = Seed(direct, store)
        purchase = seed.a_purchase(user := seed.a_customer(), seed.an_offer())
        session = a_session(user)
        with store.unit_of_work() as work:
            work.sessions.open(session, a_refresh_token(session))
            work.idempotency.claimed_before(IdempotencyKey("user", "key", "print"), new_id(), NOW)
        with direct.connect() as connection:
            connection.execute(text("SET session_replication_role = replica"))  # no triggers
            for table, changes in _MANY.items():
                statement = _COPY.format(table=table, changes=changes)
                if table == "ledger_entries":
                    statement = statement.replace(
                        "SELECT (jso", "OVERRIDING SYSTEM VALUE SELECT (jso"
                    )
                connection.execute(text(statement), {"rows": _ROWS})
            connection.execute(text("ANALYZE"))
        watching = make_engine(wire.url)
        yield wire, PostgresStore(watching), purchase
        watching.dispose()
        direct.dispose()


def _plan(wire: Wire, query: str) -> list[dict[str, Any]]:
    """All nodes of the plan that PostgreSQL has for a query."""
    engine = make_engine(wire.url)
    with engine.connect() as connection:
        answer = connection.exec_driver_sql("EXPLAIN (FORMAT JSON) " + query.replace("%", "%%"))
        plan = answer.scalar_one()
    engine.dispose()
    nodes = [(plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"]]
    for node in nodes:
        nodes += node.get("Plans", [])
    return nodes


_FAR = (NOW - timedelta(days=100)).isoformat()
_ASKED: dict[str, tuple[str, Callable[[Work, Any], object]]] = {
    "one user's history": (
        "transactions_user_id_idx",
        lambda store, it: store.transactions.page(
            TransactionQuery(user_id=it.transaction.user_id), PageRequest()
        ),
    ),
    "deep in one user's history": (
        "transactions_user_id_idx",
        lambda store, it: store.transactions.page(
            TransactionQuery(user_id=it.transaction.user_id),
            PageRequest(20, ("transactions", _FAR, str(new_id()))),
        ),
    ),
    "everybody's history": (
        "transactions_created_at_idx",
        lambda store, _: store.transactions.page(TransactionQuery(), PageRequest()),
    ),
    "the last of everybody's history": (
        "transactions_created_at_idx",
        lambda store, _: store.transactions.page(
            TransactionQuery(created_to=NOW), PageRequest(20, ("transactions", _FAR, str(new_id())))
        ),
    ),
    "open transactions": (
        "transactions_unsettled_idx",
        lambda store, _: store.transactions.unsettled_since(NOW, 100),
    ),
    "a subscription": (
        "transactions_subscription_id_idx",
        lambda store, it: store.subscriptions.view(it.subscription.id),
    ),
    "a user's subscriptions": (
        "subscriptions_user_id_idx",
        lambda store, it: store.subscriptions.page(it.transaction.user_id, None, PageRequest()),
    ),
    "offers by name": (
        "offers_name_idx",
        lambda store, _: store.offers.page(
            OfferQuery(), PageRequest(20, ("offers:name", "name 9", str(new_id())))
        ),
    ),
    "offers by price, dearest first": (
        "offers_price_idx",
        lambda store, _: store.offers.page(OfferQuery(sort="-price"), PageRequest()),
    ),
    "newest offers": (
        "offers_created_at_idx",
        lambda store, _: store.offers.page(OfferQuery(sort="-created_at"), PageRequest()),
    ),
    "due messages": (
        "outbox_due_idx",
        lambda store, _: store.outbox.take_due(NOW - timedelta(days=999), 10, NOW),
    ),
    "what was credited under a reference": (
        "ledger_entries_external_reference_key",
        lambda store, _: store.accounts.credit_of("Bank 1"),
    ),
    "old keys": (
        "idempotency_keys_created_at_idx",
        lambda store, _: store.idempotency.delete_before(NOW - timedelta(days=999), 10),
    ),
    "a user by name": (
        "users_sign_in_name_key",
        lambda store, _: store.sessions.find_claimant("name 77", b""),
    ),
    "where a user has been": (
        "sessions_user_id_place_idx",
        lambda store, _: store.sessions.find_claimant("name 77", b"place"),
    ),
    "a refresh token": (
        "refresh_tokens_pkey",
        lambda store, _: store.sessions.find_own(b"t" * 32, UserId(new_id())),
    ),
    "all of a user's sessions": (
        "sessions_user_id_place_idx",
        lambda store, _: store.sessions.revoke_all(UserId(new_id()), NOW),
    ),
    "old sessions": (
        "sessions_ends_at_idx",
        lambda store, _: store.sessions.delete_ended(NOW - timedelta(days=999), 10),
    ),
    "old refresh tokens": (
        "refresh_tokens_expires_at_idx",
        lambda store, _: store.sessions.delete_expired_tokens(NOW - timedelta(days=999), 10),
    ),
    "a user's account": (
        "accounts_user_id_key",
        lambda store, it: store.accounts.lock_for_user(it.transaction.user_id),
    ),
}


@pytest.mark.parametrize("asked", sorted(_ASKED))
def test_no_list_or_sweep_reads_a_whole_table(
    big: tuple[Wire, PostgresStore, Any], asked: str
) -> None:
    wire, store, purchase = big
    index, ask = _ASKED[asked]
    with store.reading() as reading:
        ask(reading, purchase)

    nodes = _plan(wire, wire.queries[-1])

    assert index in {node.get("Index Name") for node in nodes}
    assert [node["Relation Name"] for node in nodes if node["Node Type"] == "Seq Scan"] == []


def test_the_guards_of_the_ledger_read_no_whole_table(
    big: tuple[Wire, PostgresStore, Any],
) -> None:
    wire, _, purchase = big
    for query in (
        f"SELECT 1 FROM ledger_entries WHERE transaction_id = '{purchase.transaction.id}'",  # noqa: S608
        "SELECT 1 FROM ledger_entries"  # noqa: S608
        f" WHERE account_id = '{purchase.account.id}' ORDER BY sequence DESC LIMIT 1",
    ):
        assert all(node["Node Type"] != "Seq Scan" for node in _plan(wire, query))


def test_what_can_be_renewed_is_found_among_a_users_own(
    big: tuple[Wire, PostgresStore, Any],
) -> None:
    wire, store, purchase = big
    with store.reading() as reading, pytest.raises(Exception, match="no such subscription"):
        reading.subscriptions.latest_renewable(
            UserId(purchase.transaction.user_id), OfferId(purchase.transaction.offer_id)
        )

    nodes = _plan(wire, wire.queries[-1])
    assert all(node["Node Type"] != "Seq Scan" for node in nodes)
