"""Connections that die, before, inside and at the end of a unit of work."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import exc, text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from offers.adapters.secrets.credentials import Credentials
from offers.domain.errors.customers import UserNotFound
from offers.domain.errors.subscriptions import AlreadySubscribed
from offers.ports.errors import StoreUnavailable
from tests.factories import NOW, money, new_id
from tests.servers import free_port

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from offers.domain.ids import UserId
    from tests.seed import Seed
    from tests.wire import Wire

pytestmark = pytest.mark.integration


def end_connections(seed: Seed) -> None:
    """What a failover or a restart does to every connection but this one."""
    ended = text(
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    with seed.engine.connect() as connection:
        connection.execute(ended)


@pytest.fixture
def user_id(seed: Seed) -> UserId:
    return seed.a_customer("100.00").id


def test_a_connection_that_ended_between_units_is_replaced_without_an_error(
    seed: Seed, watched: PostgresStore, user_id: UserId
) -> None:
    for _ in range(3):
        with watched.unit_of_work() as work:
            work.users.get(user_id)
        end_connections(seed)
        with watched.unit_of_work() as work:
            work.users.save_password_hash(user_id, "written alone, in one round trip")
        end_connections(seed)
        with watched.reading() as store:
            assert store.users.get(user_id).password_hash.startswith("written")
        end_connections(seed)


def test_a_connection_that_turns_out_dead_at_the_first_statement_is_replaced_once(
    watched: PostgresStore, wire: Wire, user_id: UserId
) -> None:
    with watched.unit_of_work() as work:
        wire.cut()
        work.users.save_password_hash(user_id, "held, then sent on the new connection")
        work.accounts.lock_for_user(user_id)

    with watched.reading() as store:
        wire.cut()
        assert store.users.get(user_id).password_hash.startswith("held")


def test_an_answer_lost_at_the_first_statement_is_asked_for_again(
    watched: PostgresStore, wire: Wire, user_id: UserId
) -> None:
    wire.cut_after = "FROM accounts"

    with watched.unit_of_work() as work:
        assert work.accounts.lock_for_user(user_id).balance == money("100.00")


def test_a_connection_lost_in_mid_unit_is_reported_and_nothing_was_committed(
    seed: Seed, watched: PostgresStore, user_id: UserId
) -> None:
    def unit() -> None:
        with watched.unit_of_work() as work:
            work.accounts.lock_for_user(user_id)
            work.users.save_password_hash(user_id, "never")
            work.accounts.of_user(user_id)
            end_connections(seed)
            work.users.get(user_id)

    with pytest.raises(StoreUnavailable):
        unit()

    with watched.reading() as store:
        assert store.users.get(user_id).password_hash != "never"


def test_a_connection_lost_before_the_commit_is_reported_and_nothing_was_committed(
    seed: Seed, watched: PostgresStore, user_id: UserId
) -> None:
    def unit() -> None:
        with watched.unit_of_work() as work:
            work.users.save_password_hash(user_id, "never")
            work.accounts.lock_for_user(user_id)
            end_connections(seed)

    with pytest.raises(StoreUnavailable):
        unit()

    with watched.reading() as store:
        assert store.users.get(user_id).password_hash != "never"


def test_a_commit_whose_answer_is_lost_is_not_repeated(
    watched: PostgresStore, wire: Wire, user_id: UserId
) -> None:
    wire.cut_after = "COMMIT"

    def unit() -> None:
        with watched.unit_of_work() as work:
            work.users.save_password_hash(user_id, "committed, but nobody was told")

    with pytest.raises(StoreUnavailable):
        unit()

    assert len([query for query in wire.queries if "COMMIT" in query]) == 1
    with watched.reading() as store:
        assert store.users.get(user_id).password_hash.startswith("committed")


def test_a_single_write_whose_answer_is_lost_is_not_repeated(
    watched: PostgresStore, wire: Wire, user_id: UserId
) -> None:
    wire.cut_after = "UPDATE"

    with pytest.raises(StoreUnavailable), watched.reading() as store:
        store.users.save_password_hash(user_id, "once")

    assert len([query for query in wire.queries if "UPDATE" in query]) == 1


def test_no_server_is_unavailable() -> None:
    store = PostgresStore(make_engine(f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"))

    with pytest.raises(StoreUnavailable), store.unit_of_work():
        pass
    with pytest.raises(StoreUnavailable), store.reading():
        pass


def test_a_pool_that_stays_empty_is_unavailable(database_url: str) -> None:
    engine = make_engine(database_url, pool_size=1, max_overflow=0)
    engine.pool._timeout = 0.05  # type: ignore[attr-defined]  # five seconds would be idle waiting
    store = PostgresStore(engine)

    with store.reading(), pytest.raises(StoreUnavailable), store.reading():
        pass
    engine.dispose()


def test_a_broken_unit_gives_its_connection_back_clean(
    seed: Seed, watched: PostgresStore, user_id: UserId
) -> None:
    with pytest.raises(UserNotFound), watched.unit_of_work() as work:
        work.accounts.lock_for_user(new_id())  # type: ignore[arg-type]  # unknown on purpose

    with watched.unit_of_work() as work:
        assert work.accounts.lock_for_user(user_id).user_id == user_id


def test_held_writes_are_forgotten_when_a_unit_breaks(
    watched: PostgresStore, user_id: UserId
) -> None:
    def unit() -> None:
        with watched.unit_of_work() as work:
            work.users.save_password_hash(user_id, "never")
            raise LookupError

    with pytest.raises(LookupError):
        unit()

    with watched.unit_of_work() as work:
        assert work.users.get(user_id).password_hash != "never"


def test_a_failed_statement_cannot_be_ignored(seed: Seed, watched: PostgresStore) -> None:
    user, offer = seed.a_customer(), seed.an_offer()
    purchase = seed.a_purchase(user, offer)

    def unit() -> None:
        with watched.unit_of_work() as work:
            work.subscriptions.add(purchase.subscription)
            with pytest.raises(exc.IntegrityError):
                work.users.get(user.id)
            work.users.save_password_hash(user.id, "never")

    with pytest.raises(RuntimeError, match="ignored"):
        unit()

    with watched.reading() as store:
        assert store.users.get(user.id).password_hash != "never"


def test_a_failed_first_statement_cannot_be_ignored_either(
    seed: Seed, watched: PostgresStore, user_id: UserId
) -> None:
    def unit() -> None:
        with watched.unit_of_work() as work, pytest.raises(exc.DataError):
            work.outbox.take_due(NOW, -1, NOW)

    with pytest.raises(RuntimeError, match="ignored"):
        unit()

    with watched.unit_of_work() as work:
        assert work.accounts.lock_for_user(user_id).user_id == user_id


def test_a_rollback_that_fails_drops_the_connection(
    seed: Seed, watched: PostgresStore, user_id: UserId
) -> None:
    def unit() -> None:
        with watched.unit_of_work() as work:
            work.accounts.lock_for_user(user_id)
            end_connections(seed)
            raise LookupError

    with pytest.raises(LookupError):
        unit()

    with watched.unit_of_work() as work:
        assert work.accounts.lock_for_user(user_id).user_id == user_id


def test_a_deadlock_is_unavailable_and_the_other_goes_on(seed: Seed) -> None:
    users = [seed.a_customer().id, seed.a_customer().id]
    both_hold_one = threading.Barrier(2)
    outcomes: list[str] = []

    def lock(first: UserId, second: UserId) -> None:
        try:
            with seed.store.unit_of_work() as work:
                work.accounts.lock_for_user(first)
                both_hold_one.wait()
                work.accounts.lock_for_user(second)
            outcomes.append("committed")
        except StoreUnavailable:
            outcomes.append("unavailable")

    threads = [threading.Thread(target=lock, args=order) for order in (users, users[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["committed", "unavailable"]


def test_a_server_that_only_reads_is_unavailable_and_left(engine: Engine, seed: Seed) -> None:
    user = seed.a_customer()
    with engine.connect() as connection:
        connection.exec_driver_sql("SET default_transaction_read_only = on")
        demoted = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()

    def unit() -> None:
        with seed.store.unit_of_work() as work:
            work.accounts.lock_for_user(user.id)

    with engine.connect() as same:
        assert same.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() == demoted
    unit()  # retried on a new connection: nothing was done before

    with engine.connect() as other:
        assert other.exec_driver_sql("SELECT pg_backend_pid()").scalar_one() != demoted


def test_credentials_are_asked_for_at_every_connection(database_url: str) -> None:
    asked: list[float] = []

    def credentials(*, fresh: bool = False) -> Credentials:
        asked.append(time.monotonic())
        return Credentials("postgres", "secret")

    engine = make_engine(database_url, credentials)
    assert asked == []
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            name = connection.exec_driver_sql("SHOW application_name").scalar_one()
            assert name == "offers"
    assert len(asked) == 2
    engine.dispose()


def test_violations_that_are_no_rule_stay_bugs(seed: Seed) -> None:
    purchase = seed.a_purchase(seed.a_customer(), seed.an_offer())

    with pytest.raises(exc.IntegrityError), seed.store.unit_of_work() as work:
        work.outbox.add(purchase.message)


def test_one_live_subscription_is_a_rule(seed: Seed) -> None:
    user, offer = seed.a_customer(), seed.an_offer()
    seed.a_purchase(user, offer)

    with pytest.raises(AlreadySubscribed):
        seed.a_purchase(user, offer, NOW)
