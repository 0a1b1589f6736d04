"""The proof over the whole ledger finds what the guards would have stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from offers.domain.ledger_report import LedgerReport, LedgerRule
from tests.factories import NOW

if TYPE_CHECKING:
    from tests.seed import Seed

pytestmark = pytest.mark.integration

_ENTRY = (
    "INSERT INTO ledger_entries (id, account_id, kind, amount_minor, currency,"
    " balance_after_minor, transaction_id, actor, reason, created_at)"
    " SELECT gen_random_uuid(), account_id, {changes}, 'x', 'x', now() FROM transactions"
)


def verify(seed: Seed, examples: int = 20) -> LedgerReport:
    with seed.store.reading() as store:
        return store.ledger.verify(NOW, examples)


def test_a_ledger_that_nobody_tampered_with_is_clean(seed: Seed) -> None:
    seed.a_purchase(seed.a_customer(), seed.an_offer())

    report = verify(seed)

    assert report.is_clean
    assert set(report.counts) == set(LedgerRule)
    assert (report.verified_at, report.accounts, report.transactions) == (NOW, 1, 1)


def test_an_empty_database_is_clean(seed: Seed) -> None:
    assert verify(seed).is_clean


@pytest.mark.parametrize(
    ("rules", "tampering"),
    [
        ({LedgerRule.BALANCE_IS_SUM}, "UPDATE accounts SET balance_minor = balance_minor + 1"),
        (
            {LedgerRule.BALANCE_IS_SUM, LedgerRule.NOT_OVERDRAWN},
            "ALTER TABLE accounts DROP CONSTRAINT accounts_not_overdrawn;"
            "UPDATE accounts SET balance_minor = -1",
        ),
        (
            {LedgerRule.RUNNING_BALANCE, LedgerRule.NOT_OVERDRAWN},
            "UPDATE ledger_entries SET balance_after_minor = -1 WHERE kind = 'charge'",
        ),
        (
            {LedgerRule.ONE_CHARGE, LedgerRule.BALANCE_IS_SUM},
            "DELETE FROM ledger_entries WHERE kind = 'charge'",
        ),
        ({LedgerRule.ONE_CHARGE}, "UPDATE transactions SET amount_minor = 1"),
        (
            {LedgerRule.ONE_CHARGE, LedgerRule.BALANCE_IS_SUM, LedgerRule.RUNNING_BALANCE},
            "DROP INDEX ledger_entries_once_per_transaction;"
            + _ENTRY.format(changes="'charge', -amount_minor, currency, 0, id"),
        ),
        (
            {LedgerRule.REFUND_IF_FAILED},
            "UPDATE transactions SET status = 'FAILED', completed_at = now(), failure_code = 'x',"
            " failure_reason = 'x'",
        ),
        (
            {LedgerRule.REFUND_IF_FAILED, LedgerRule.BALANCE_IS_SUM},
            _ENTRY.format(changes="'refund', amount_minor, currency, 10000, id"),
        ),
        ({LedgerRule.ONE_CURRENCY}, "UPDATE transactions SET currency = 'USD'"),
        (
            {LedgerRule.ONE_CURRENCY},
            "UPDATE ledger_entries SET currency = 'USD' WHERE kind = 'top_up'",
        ),
        (
            {LedgerRule.CREDITED_ONCE, LedgerRule.BALANCE_IS_SUM, LedgerRule.RUNNING_BALANCE},
            "DROP INDEX ledger_entries_external_reference_key;"
            "INSERT INTO ledger_entries (id, account_id, kind, amount_minor, currency,"
            " balance_after_minor, actor, reason, created_at, external_reference)"
            " SELECT gen_random_uuid(), account_id, 'top_up', 1, 'EUR', 1, 'x', 'x', now(),"
            " called FROM transactions, unnest(ARRAY['bank 1', 'BANK 1']) AS called",
        ),
        (
            {LedgerRule.SUBSCRIPTION_AGREES},
            "UPDATE transactions SET status = 'SUCCESS', completed_at = now()",
        ),
    ],
)
def test_what_was_tampered_with_is_found(
    seed: Seed, rules: set[LedgerRule], tampering: str
) -> None:
    purchase = seed.a_purchase(seed.a_customer(), seed.an_offer())
    with seed.engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # no triggers
        connection.execute(text(tampering))
        connection.invalidate()

    report = verify(seed)

    assert {rule for rule, count in report.counts.items() if count} == rules
    assert {breach.rule for breach in report.breaches} == rules
    known = {purchase.account.id, purchase.transaction.id}
    in_entries = {
        LedgerRule.RUNNING_BALANCE,
        LedgerRule.NOT_OVERDRAWN,
        LedgerRule.ONE_CURRENCY,
        LedgerRule.CREDITED_ONCE,
    }
    assert all(
        breach.subject in known for breach in report.breaches if breach.rule not in in_entries
    )
    assert not report.document()["is_clean"]


def test_examples_are_few_and_the_count_is_whole(seed: Seed) -> None:
    for _ in range(3):
        seed.a_customer()
    with seed.engine.connect() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text("UPDATE accounts SET balance_minor = 1"))
        connection.invalidate()

    assert len(verify(seed, 2).breaches) == 2
    report = verify(seed, 0)
    assert report.breaches == ()
    assert report.counts[LedgerRule.BALANCE_IS_SUM] == 3
