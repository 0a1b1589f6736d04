"""The last page of a long history costs what the first one costs."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.ports.pages import Page, PageRequest, Position
from offers.ports.store.transactions import TransactionQuery
from tests.bench.measurement import Measurement, interleaved, microseconds, ratio
from tests.bench.servers import a_migrated_database
from tests.seed import Seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from offers.domain.purchase import Purchase
    from offers.domain.transaction import Transaction
    from offers.domain.user import User

ROWS = 1_000_000
BUDGET = 1.5
_REPETITIONS = 400

# Renewals of one subscription, one a minute; replica: neither triggers nor foreign keys are asked,
# so that a minute's work takes seconds. Nothing here is read but pages.
_FILL = text("""
SET statement_timeout = 0;
SET session_replication_role = replica;
INSERT INTO transactions
       (id, kind, channel, user_id, offer_id, subscription_id, account_id, amount_minor, currency,
        duration_days, status, version, period_start, reference, provisioning_reference,
        created_at, updated_at, completed_at)
SELECT gen_random_uuid(), 'renewal', 'client', user_id, offer_id, subscription_id,
       account_id, amount_minor, currency, duration_days, 'SUCCESS', 3, moment,
       reference || '-' || n, 'P', moment, moment, moment
  FROM transactions,
       generate_series(1, :rows) AS n,
       LATERAL (SELECT timestamptz '2000-01-01' + n * interval '1 minute' AS moment) AS m
 WHERE id = :id;
SET session_replication_role = origin;
ANALYZE transactions;
""")


def measurements() -> Iterator[Measurement]:
    """First page against last page, and against the first page of a history of twenty."""
    with a_migrated_database(is_durable=False) as url:
        engine = make_engine(url)
        seed = Seed(engine, PostgresStore(engine))
        crowd, loner = seed.a_customer("500.00"), seed.a_customer("500.00")
        started = perf_counter()
        _fill(engine, seed.a_purchase(crowd, seed.an_offer()), ROWS)
        _fill(engine, seed.a_purchase(loner, seed.an_offer()), 20)
        filled = perf_counter() - started
        yield from _compare(seed.store, crowd, loner, f"filled in {filled:.0f} s")
        engine.dispose()


def _compare(store: PostgresStore, crowd: User, loner: User, filled: str) -> Iterator[Measurement]:
    # The oldest rows are minutes after the year began: 30 of them are left from here on.
    near_the_end = datetime(2000, 1, 1, 0, 30, 30, tzinfo=UTC).isoformat()
    last = ("transactions", near_the_end, str(UUID(int=2**128 - 1)))
    seconds = interleaved(
        {
            "first": lambda: _page(store, crowd),
            "last": lambda: _page(store, crowd, last),
            "small": lambda: _page(store, loner),
        },
        _REPETITIONS,
    )
    assert len(_page(store, crowd, last).items) == PageRequest().limit
    first, final = microseconds(seconds["first"]), microseconds(seconds["last"])
    how = f"{final} against {first}; {filled}"
    what = f"last page of {ROWS:,} transactions / first page"
    yield Measurement(what, ratio(seconds, "last", "first"), BUDGET, "×", how)
    how = f"{first} against {microseconds(seconds['small'])}"
    what = f"first page of {ROWS:,} transactions / of 20"
    yield Measurement(what, ratio(seconds, "first", "small"), BUDGET, "×", how)


def _page(store: PostgresStore, user: User, after: Position | None = None) -> Page[Transaction]:
    with store.reading() as work:
        return work.transactions.page(TransactionQuery(user.id), PageRequest(after=after))


def _fill(engine: Engine, purchase: Purchase, rows: int) -> None:
    with engine.connect() as connection:
        raw = connection.execution_options(isolation_level="AUTOCOMMIT")
        raw.execute(_FILL, {"id": purchase.transaction.id, "rows": rows})
