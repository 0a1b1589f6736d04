"""A sweep costs what is due, not what there is: a million subscriptions, ten thousand due.

``python -m tests.bench.sweep`` runs it alone.
"""

from __future__ import annotations

import tracemalloc
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy import text

from offers.adapters.clock.time_zones import zone_of
from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.domain.renewal import RenewalRules
from offers.services.subscriptions.expire_and_renew import ExpireAndRenew
from offers.services.subscriptions.remind_expiring import RemindExpiring
from tests.bench.measurement import Measurement, interleaved, microseconds, ratio
from tests.bench.servers import a_migrated_database
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sqlalchemy import Engine

    from offers.domain.due_task import DueTask

ALL, DUE = 1_000_000, 10_000
PEOPLE = 1_000
"""As many customers as offers, each with every offer: a million live subscriptions."""
TIME_BUDGET, MEMORY_BUDGET, REPETITIONS = 1.6, 1.5, 15
RULES = RenewalRules(lead=timedelta(hours=24), grace=timedelta(days=3))
DAYS = (1, 3, 7)

_PEOPLE_AND_OFFERS = text("""
INSERT INTO users (id, username, email, first_name, last_name, locale, time_zone, role,
                   password_hash, created_at)
SELECT gen_random_uuid(), 'user' || n, 'user' || n || '@example.com', 'A', 'B', 'en',
       (ARRAY['UTC', 'Europe/Paris', 'Asia/Tokyo'])[1 + n % 3], 'customer', '-', :now
  FROM generate_series(1, :people) AS n;
INSERT INTO offers (id, code, name, description, category, products, price_minor, currency,
                    duration_days, status, valid_from, created_at, updated_at)
SELECT gen_random_uuid(), 'OFFER-' || n, 'Offer ' || n, '', 'tv', '{TV}', 999, 'EUR', 30,
       'active', :now, :now, :now
  FROM generate_series(1, :people) AS n;
""")
# Numbered 0, 1, 2, …: those below :due have ended, every other one of them wants renewal; the rest
# end between two and thirty days from now.
_SUBSCRIPTIONS = text("""
SET statement_timeout = 0;
SET session_replication_role = replica;
INSERT INTO subscriptions (id, user_id, offer_id, price_minor, currency, status, auto_renew,
                           starts_at, expires_at, created_at, updated_at)
SELECT gen_random_uuid(), u.id, o.id, 999, 'EUR', 'active', number % 2 = 0,
       ends - interval '30 days', ends, :now, :now
  FROM (SELECT id, row_number() OVER (ORDER BY code) - 1 AS place FROM offers) AS o,
       (SELECT id, row_number() OVER (ORDER BY username) - 1 AS place FROM users) AS u,
       LATERAL (SELECT o.place * :people + u.place AS number) AS n,
       LATERAL (SELECT :now + CASE WHEN number < :due THEN - number * interval '1 second'
             ELSE interval '2 days' + (number % 28000) * interval '86.4 seconds' END AS ends) AS e
 WHERE number >= :first AND number < :last;
SET session_replication_role = origin;
VACUUM ANALYZE subscriptions;
""")


class Counter:
    """Port LifecycleQueue: keeps a number, no messages, so that only the sweep's memory shows."""

    def __init__(self) -> None:
        self.taken = 0

    def send(self, tasks: Sequence[DueTask]) -> int:
        self.taken += len(tasks)
        return 0

    def backlog(self) -> int:
        return 0


def measurements() -> Iterator[Measurement]:
    """Time and memory of sweeps, with few subscriptions beside what is due and with a million."""
    with a_migrated_database() as few_url, a_migrated_database() as many_url:
        few, many = make_engine(few_url), make_engine(many_url)
        for engine in (few, many):
            _run(engine, _PEOPLE_AND_OFFERS, people=PEOPLE)
        _subscriptions(few, 0, DUE // 5)
        few_kilobytes = _peak(_expire(few))
        _subscriptions(few, DUE // 5, DUE)
        _subscriptions(many, 0, ALL)
        kilobytes = _peak(_expire(many))
        seconds = interleaved({"few": _sweeping(few), "many": _sweeping(many)}, REPETITIONS)
        how = f"{microseconds(seconds['many'])} against {microseconds(seconds['few'])}"
        what = f"sweep of {DUE:,} due among {ALL:,} / among themselves"
        yield Measurement(what, ratio(seconds, "many", "few"), TIME_BUDGET, "×", how)
        how = f"{kilobytes:,.0f} KB against {few_kilobytes:,.0f} KB"
        what = f"its memory with {DUE:,} due / with {DUE // 5:,}"
        yield Measurement(what, kilobytes / few_kilobytes, MEMORY_BUDGET, "×", how)
        yield from _reminders(many)
        few.dispose()
        many.dispose()


def _reminders(engine: Engine) -> Iterator[Measurement]:
    counter, started = Counter(), perf_counter()
    store = PostgresStore(engine)
    RemindExpiring(store.reading, counter, lambda: NOW, DAYS, zone_of)(_always)
    seconds = perf_counter() - started
    how = f"{counter.taken:,} found due in {seconds:.1f} s"
    what = f"reminders found per second among {ALL:,}"
    yield Measurement(what, counter.taken / seconds, None, "/s", how)


def _expire(engine: Engine) -> Callable[[Counter], Mapping[str, int]]:
    store = PostgresStore(engine)
    return lambda counter: ExpireAndRenew(store.reading, counter, lambda: NOW, RULES)(_always)


def _sweeping(engine: Engine) -> Callable[[], None]:
    """Finds the same again each time, since nobody works on it."""
    sweep = _expire(engine)

    def once() -> None:
        counter = Counter()
        sweep(counter)
        assert counter.taken == DUE, counter.taken

    return once


def _peak(sweep: Callable[[Counter], object]) -> float:
    """The most memory that Python held more than before, in kilobytes; after a first run that
    fills caches."""
    sweep(Counter())
    tracemalloc.start()
    sweep(Counter())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1024


def _subscriptions(engine: Engine, first: int, last: int) -> None:
    _run(engine, _SUBSCRIPTIONS, people=PEOPLE, due=DUE, first=first, last=last)


def _run(engine: Engine, statements: object, **values: int) -> None:
    """Each statement by itself: VACUUM wants no transaction around it."""
    with engine.connect() as connection:
        for statement in str(statements).split(";\n"):
            if statement.strip():
                connection.execute(text(statement), {"now": NOW} | values)


def _always() -> bool:
    return True


if __name__ == "__main__":
    for found in measurements():
        budget = "" if found.budget is None else f" (budget {found.budget} {found.unit})"
        print(f"{found.what}: {found.value:,.2f} {found.unit}{budget}  {found.how}")  # noqa: T201  # a report
