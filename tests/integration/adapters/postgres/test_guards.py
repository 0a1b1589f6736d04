"""Every constraint and trigger of the schema, attacked with plain SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import exc, text

from offers.adapters.postgres.machinery.engine import make_engine
from offers.adapters.postgres.store import PostgresStore
from tests.factories import new_id
from tests.seed import Seed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

    from tests.conftest import NewDatabase

pytestmark = pytest.mark.integration

_ENTRY = (
    "INSERT INTO ledger_entries (id, account_id, kind, amount_minor, currency,"
    " balance_after_minor, transaction_id, actor, reason, created_at) VALUES"
)
_BALANCE = "UPDATE accounts SET balance_minor = balance_minor"


def _copy(table: str, of: str, changes: str) -> str:
    return (
        f"INSERT INTO {table} SELECT (jsonb_populate_record(copied, jsonb_build_object("  # noqa: S608
        f"{changes}))).* FROM {table} AS copied WHERE id = :{of}"
    )


@dataclass(frozen=True)
class Rows:
    """One customer with 100.00, who bought one offer for 29.99; and another customer."""

    engine: Engine
    parameters: dict[str, Any]

    def attack(self, *statements: str) -> str | None:
        """Run the statements in one transaction; the constraint that stopped them, else None."""
        try:
            with self.engine.connect() as connection:
                connection.execution_options(isolation_level="READ COMMITTED")
                with connection.begin():
                    for statement in statements:
                        connection.execute(text(statement), self._used_in(statement))
        except exc.IntegrityError as error:
            name: str | None = getattr(error.orig, "diag").constraint_name  # noqa: B009
            return name
        return None

    def _used_in(self, statement: str) -> dict[str, Any]:
        return {name: value for name, value in self.parameters.items() if f":{name}" in statement}


@pytest.fixture(scope="module")
def rows(new_database: NewDatabase) -> Iterator[Rows]:
    """Shared: an attack that is stopped leaves nothing."""
    with new_database() as url:
        engine = make_engine(url)
        yield _rows(Seed(engine, PostgresStore(engine)))
        engine.dispose()


def _rows(seed: Seed) -> Rows:
    user, other, offer = seed.a_customer("100.00"), seed.a_customer("100.00"), seed.an_offer()
    purchase = seed.a_purchase(user, offer)
    return Rows(
        seed.engine,
        {
            "new": new_id(),
            "new2": new_id(),
            "user_id": user.id,
            "other_id": other.id,
            "offer_id": offer.id,
            "account": purchase.account.id,
            "other_account": seed.account_of(other).id,
            "transaction": purchase.transaction.id,
            "subscription": purchase.subscription.id,
            "entry": purchase.entry.id,
            "message": purchase.message.id,
        },
    )


_FAIL = (
    "UPDATE transactions SET status = 'FAILED', version = 2, completed_at = now(),"
    " failure_code = 'x', failure_reason = 'y' WHERE id = :transaction"
)
_SUCCEED = (
    "UPDATE transactions SET status = 'SUCCESS', version = 2, completed_at = now()"
    " WHERE id = :transaction"
)
_REFUND = _ENTRY + "(:new, :account, 'refund', 2999, 'EUR', 10000, :transaction, 'a', 'r', now())"
_REFUNDED = _BALANCE + " + 2999 WHERE id = :account"
_ACTIVATE = (
    "UPDATE subscriptions SET status = 'active', starts_at = now(),"
    " expires_at = now() + interval '30 days' WHERE id = :subscription"
)
_EXPIRE = "UPDATE subscriptions SET status = 'expired' WHERE id = :subscription"
_RENEW = _copy(
    "transactions",
    "transaction",
    "'id', {id}, 'kind', 'renewal', 'reference', {id}, 'period_start', '2026-04-01T00:00:00Z'",
)


@pytest.mark.parametrize(
    ("guard", "statements"),
    [
        # the ledger
        ("accounts_explained", [_BALANCE + " + 1 WHERE id = :account"]),
        (
            "accounts_explained",
            [_ENTRY + "(:new, :account, 'top_up', 1, 'EUR', 7002, NULL, 'a', 'r', now())"],
        ),
        (
            "ledger_entries_continue",
            [_ENTRY + "(:new, :account, 'top_up', 1, 'EUR', 7003, NULL, 'a', 'r', now())"],
        ),
        (
            "ledger_entries_continue",
            [_ENTRY + "(:new, :account, 'top_up', 1, 'USD', 7002, NULL, 'a', 'r', now())"],
        ),
        ("accounts_not_overdrawn", ["UPDATE accounts SET balance_minor = -1 WHERE id = :account"]),
        (
            "accounts_credit_is_for_partners",
            ["UPDATE accounts SET credit_limit_minor = 1 WHERE id = :account"],
        ),
        ("accounts_facts", ["UPDATE accounts SET currency = 'USD' WHERE id = :account"]),
        ("accounts_facts", ["UPDATE accounts SET user_id = NULL WHERE id = :account"]),
        ("accounts_one_owner", [_copy("accounts", "account", "'id', :new, 'user_id', NULL")]),
        ("accounts_user_id_key", [_copy("accounts", "account", "'id', :new")]),
        (
            "ledger_entries_append_only",
            ["UPDATE ledger_entries SET reason = 'other' WHERE id = :entry"],
        ),
        ("ledger_entries_append_only", ["DELETE FROM ledger_entries WHERE id = :entry"]),
        ("ledger_entries_append_only", ["TRUNCATE ledger_entries CASCADE"]),
        ("transactions_append_only", ["DELETE FROM transactions WHERE id = :transaction"]),
        ("transactions_append_only", ["TRUNCATE transactions CASCADE"]),
        ("audit_events_append_only", ["TRUNCATE audit_events"]),
        (
            "ledger_entries_once_per_transaction",
            [
                _ENTRY
                + "(:new, :account, 'charge', -2999, 'EUR', 4002, :transaction, 'a', 'r', now())"
            ],
        ),
        (
            "ledger_entries_sign",
            [_ENTRY + "(:new, :account, 'top_up', -1, 'EUR', 7000, NULL, 'a', 'r', now())"],
        ),
        (
            "ledger_entries_transaction",
            [_ENTRY + "(:new, :account, 'charge', -1, 'EUR', 7000, NULL, 'a', 'r', now())"],
        ),
        # money and transactions agree
        ("transactions_money", [_FAIL]),
        ("transactions_money", [_REFUND, _REFUNDED]),
        ("transactions_money", [_SUCCEED, _REFUND, _REFUNDED]),
        (
            "transactions_money",
            [
                _SUCCEED,
                _REFUND.replace(":account", ":other_account").replace("10000", "12999"),
                _REFUNDED.replace(":account", ":other_account"),
            ],
        ),
        (
            "transactions_money",
            [
                _FAIL,
                _REFUND.replace("2999", "2998").replace("10000", "9999"),
                _REFUNDED.replace("2999", "2998"),
            ],
        ),
        ("transactions_money", [_ACTIVATE, _RENEW.replace("{id}", ":new")]),
        # transactions
        (
            "transactions_status_change",
            [
                "UPDATE transactions SET status = 'PROCESSING', version = 2",
                "UPDATE transactions SET status = 'PENDING', version = 3",
            ],
        ),
        (
            "transactions_status_change",
            [_SUCCEED, "UPDATE transactions SET version = 3 WHERE id = :transaction"],
        ),
        ("transactions_version", ["UPDATE transactions SET attempts = 1 WHERE id = :transaction"]),
        (
            "transactions_version",
            ["UPDATE transactions SET attempts = 1, version = 3 WHERE id = :transaction"],
        ),
        *(
            ("transactions_facts", ["UPDATE transactions SET version = 2, " + change])  # noqa: S608
            for change in (
                "amount_minor = 1",
                "currency = 'USD'",
                "user_id = :other_id",
                "account_id = :other_account",
                "duration_days = 31",
                "reference = 'REF-OTHER'",
                "partner_reference = 'theirs'",
            )
        ),
        ("transactions_completed", [_SUCCEED.replace("now()", "NULL")]),
        ("transactions_failure", [_FAIL.replace("'x'", "NULL")]),
        ("transactions_failure", [_FAIL.replace("'y'", "NULL")]),
        (
            "transactions_lease",
            ["UPDATE transactions SET version = 2, lease_until = now() WHERE id = :transaction"],
        ),
        (
            "transactions_attention",
            ["UPDATE transactions SET version = 2, attention_reason = 'x' WHERE id = :transaction"],
        ),
        (
            "transactions_renewal_period",
            [_copy("transactions", "transaction", "'id', :new, 'kind', 'renewal'")],
        ),
        (
            "transactions_partner_channel",
            [_copy("transactions", "transaction", "'id', :new, 'channel', 'partner'")],
        ),
        (
            "transactions_one_activation",
            [_copy("transactions", "transaction", "'id', :new, 'reference', :new")],
        ),
        (
            "transactions_one_renewal",
            [_RENEW.replace("{id}", ":new"), _RENEW.replace("{id}", ":new2")],
        ),
        ("transactions_reference_key", [_copy("transactions", "transaction", "'id', :new")]),
        # subscriptions
        ("subscriptions_one_live", [_copy("subscriptions", "subscription", "'id', :new")]),
        ("subscriptions_period", [_EXPIRE]),
        ("subscriptions_status_change", [_ACTIVATE, _EXPIRE.replace("expired", "failed")]),
        (
            "subscriptions_status_change",
            [_ACTIVATE, _EXPIRE, _EXPIRE.replace("expired", "cancelled")],
        ),
        (
            "subscriptions_not_shortened",
            [
                _ACTIVATE,
                "UPDATE subscriptions SET expires_at = expires_at - interval '1 second'"
                " WHERE id = :subscription",
            ],
        ),
        ("subscriptions_facts", ["UPDATE subscriptions SET user_id = :other_id"]),
        ("subscriptions_period", [_ACTIVATE.replace("starts_at = now(),", "")]),
        ("subscriptions_period", [_ACTIVATE.replace("+ interval", "- interval")]),
        (
            "subscriptions_cancelled_does_not_renew",
            ["UPDATE subscriptions SET cancelled_at = now(), auto_renew = true"],
        ),
        # the rest
        ("offers_valid_period", ["UPDATE offers SET valid_until = valid_from"]),
        ("offers_price_minor_check", ["UPDATE offers SET price_minor = 0"]),
        ("offers_status_check", ["UPDATE offers SET status = 'gone'"]),
        ("offers_code_key", [_copy("offers", "offer_id", "'id', :new")]),
        (
            "users_username_key",
            [
                "UPDATE users SET username = upper(first.username)"
                " FROM users AS first WHERE first.id = :user_id AND users.id = :other_id"
            ],
        ),
    ],
)
def test_what_is_not(rows: Rows, guard: str, statements: list[str]) -> None:
    assert rows.attack(*statements) == guard


def test_what_is_allowed(seed: Seed) -> None:
    rows = _rows(seed)

    assert rows.attack(_FAIL, _REFUND, _REFUNDED) is None
    assert rows.attack(_ACTIVATE) is None
    assert rows.attack(_EXPIRE) is None
    assert rows.attack(_EXPIRE.replace("expired", "pending")) is None
    assert rows.attack(_EXPIRE.replace("expired", "active")) is None
    assert rows.attack(_EXPIRE.replace("expired", "cancelled")) is None
