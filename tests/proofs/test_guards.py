"""Mutation tests: without the guard, its scenario fails; with it, the scenario holds
(test_concurrency.py)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import bindparam, select

from offers.adapters.postgres.activation.idempotency import PostgresIdempotency
from offers.adapters.postgres.ledger import accounts
from offers.adapters.postgres.sessions import sessions
from offers.adapters.postgres.tables import accounts as table
from offers.adapters.postgres.tables import refresh_tokens
from offers.adapters.redis import status_store
from offers.domain import renewal_intention
from offers.domain.session import Session
from offers.services.activation import claim_transaction, request_activation, resolve_transaction
from offers.services.activation.resolve_transaction import ResolveTransaction
from offers.services.activation.settle_transaction import SettleTransaction
from offers.services.ledger import move_credit
from offers.services.outbox import relay_outbox
from offers.services.sessions.deny_sessions import DenySessions
from offers.services.sessions.log_in import LogIn
from offers.services.subscriptions import renew_subscription
from tests.proofs import clicks, endings, payments, scenarios
from tests.proofs.mutation import mutate

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from tests.proofs.world import World
    from tests.seed import Seed

pytestmark = pytest.mark.integration

NO_TIME = timedelta(0)
Patch = pytest.MonkeyPatch


def without_account_lock(patch: Patch, _engine: Engine) -> None:
    patch.setattr(accounts, "_LOCK_FOR_USER", accounts._OF_USER)


def without_lock_for_settling(patch: Patch, _engine: Engine) -> None:
    patch.setattr(accounts, "_LOCK", select(table).where(table.c.id == bindparam("id")))


def without_one_live_index(_patch: Patch, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX subscriptions_one_live")


def without_reference_index(patch: Patch, engine: Engine) -> None:
    patch.setattr(move_credit, "_require_new", lambda _work, _reference: None)  # only tells early
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ledger_entries_external_reference_key")


def without_version_check(patch: Patch, _engine: Engine) -> None:
    unguarded = status_store._PUBLISH.replace("stored > tonumber(ARGV[1])", "false")
    assert unguarded != status_store._PUBLISH
    patch.setattr(status_store, "_PUBLISH", unguarded)


def without_lease(patch: Patch, _engine: Engine) -> None:
    patch.setattr(claim_transaction, "LEASE", NO_TIME)


def without_idempotency_record(patch: Patch, _engine: Engine) -> None:
    patch.setattr(PostgresIdempotency, "claimed_before", lambda _self, _key, _id, _at: None)


def without_hold(patch: Patch, _engine: Engine) -> None:
    patch.setattr(relay_outbox, "HOLD", NO_TIME)


def without_claim_check(patch: Patch, _engine: Engine) -> None:
    mutate(patch, SettleTransaction, "__call__", "current.version != claimed.version", "False")


def without_asking(patch: Patch, _engine: Engine) -> None:
    asking = "match self.provisioning.find(transaction_id):"
    mutate(patch, ResolveTransaction, "__call__", asking, "match NotActivated():")


def with_a_guess(patch: Patch, _engine: Engine) -> None:
    flagging = 'self._flag(claimed, f"the provisioning system does not say: {cause}")'
    guessing = "self._settle(claimed, NOT_ACTIVATED)"
    mutate(patch, ResolveTransaction, "__call__", flagging, guessing)


def without_quiet(patch: Patch, _engine: Engine) -> None:
    patch.setattr(resolve_transaction, "QUIET", NO_TIME)


def without_outbox(patch: Patch, _engine: Engine) -> None:
    mutate(patch, request_activation, "store_purchase", "work.outbox.add(purchase.message)", "pass")


def without_named_periods(patch: Patch, _engine: Engine) -> None:
    patch.setattr(renew_subscription, "require_period_named", lambda *_: None)


def without_next_periods(patch: Patch, _engine: Engine) -> None:
    patch.setattr(renew_subscription, "require_next_period", lambda *_: None)


def without_a_day_for_the_same_intention(patch: Patch, _engine: Engine) -> None:
    patch.setattr(renewal_intention, "SAME_INTENTION", NO_TIME)


def without_one_renewal_index(_patch: Patch, engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX transactions_one_renewal")


def without_session_lock(patch: Patch, engine: Engine) -> None:
    with engine.begin() as connection:  # for the version before; it would wait in the lock's stead
        connection.exec_driver_sql("DROP TRIGGER sessions_revoked ON sessions")
    unlocked = sessions._PRESENT.with_for_update(key_share=True, of=refresh_tokens)
    patch.setattr(sessions, "_PRESENT", unlocked)


def without_revocation(patch: Patch, _engine: Engine) -> None:
    mutate(patch, Session, "require_open", "self.revoked_at is not None or ", "")


def without_user_lock(patch: Patch, _engine: Engine) -> None:
    mutate(patch, LogIn, "_open_session", "work.users.lock(user.id).user", "user")


def without_denial(patch: Patch, _engine: Engine) -> None:
    patch.setattr(DenySessions, "__call__", lambda *_: None)


GUARDS: list[tuple[Callable[..., None], Callable[..., None]]] = [
    (without_account_lock, scenarios.a_small_purse),
    (without_lock_for_settling, scenarios.refunds_and_top_ups),
    (without_one_live_index, scenarios.many_clicks),
    (without_idempotency_record, scenarios.twins_with_a_key),
    (without_lease, scenarios.five_workers),
    (without_claim_check, scenarios.a_late_refusal),
    (without_asking, scenarios.activated_but_unheard),
    (with_a_guess, scenarios.nobody_says),
    (without_quiet, scenarios.a_request_still_under_way),
    (without_outbox, scenarios.dead_before_sending),
    (without_hold, scenarios.many_relays),
    (without_reference_index, payments.one_payment_and_many_operators),
    (without_version_check, scenarios.published_in_any_order),
    (without_named_periods, clicks.named_and_after_success),
    (without_named_periods, clicks.a_burst_while_workers_run),
    (without_next_periods, clicks.unnamed_and_after_success),
    (without_a_day_for_the_same_intention, clicks.unnamed_and_after_success),
    (without_one_renewal_index, clicks.a_burst_while_the_first_is_open),
    *[(without_session_lock, each) for each in endings.ENDINGS[:-1]],
    *[(without_revocation, each) for each in endings.ENDINGS[:3]],
    *[(without_denial, each) for each in endings.ENDINGS],
    (without_user_lock, endings.deactivated_while_signing_in),
]


@pytest.mark.parametrize(("remove", "scenario"), GUARDS, ids=lambda each: each.__name__)
def test_somebody_notices(
    world: World,
    seed: Seed,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    remove: Callable[..., None],
    scenario: Callable[..., None],
) -> None:
    remove(monkeypatch, engine)
    with pytest.raises(AssertionError):
        scenario(world, seed)
