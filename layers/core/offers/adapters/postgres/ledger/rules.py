"""What breaks each rule of the ledger, as SQL: rows of (subject, detail)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.ledger_report import LedgerRule

if TYPE_CHECKING:
    from collections.abc import Mapping

_BALANCE_IS_SUM = """
    SELECT accounts.id AS subject,
           format('balance %s, sum of entries %s', balance_minor, coalesce(sums.total, 0)) AS detail
    FROM accounts
    LEFT JOIN (
        SELECT account_id, sum(amount_minor) AS total FROM ledger_entries GROUP BY account_id
    ) AS sums ON sums.account_id = accounts.id
    WHERE balance_minor <> coalesce(sums.total, 0)
"""
_RUNNING_BALANCE = """
    SELECT id AS subject,
           format('%s after %s by %s', balance_after_minor, before, amount_minor) AS detail
    FROM (
        SELECT *, coalesce(lag(balance_after_minor) OVER (
            PARTITION BY account_id ORDER BY sequence), 0) AS before
        FROM ledger_entries
    ) AS entry
    WHERE balance_after_minor <> before + amount_minor
"""
_NOT_OVERDRAWN = """
    SELECT id AS subject,
           format('balance %s, limit %s', balance_minor, credit_limit_minor) AS detail
    FROM accounts WHERE balance_minor < -credit_limit_minor
    UNION ALL
    SELECT entry.id, format('customer balance %s after this entry', balance_after_minor)
    FROM ledger_entries AS entry JOIN accounts ON accounts.id = entry.account_id
    WHERE user_id IS NOT NULL AND balance_after_minor < 0
"""
_ONE_CHARGE = """
    SELECT transactions.id AS subject,
           format('charges %s of %s', charge.amounts, transactions.amount_minor) AS detail
    FROM transactions
    LEFT JOIN (
        SELECT transaction_id, array_agg(-amount_minor) AS amounts, array_agg(account_id) AS payers
        FROM ledger_entries WHERE kind = 'charge' GROUP BY transaction_id
    ) AS charge ON charge.transaction_id = transactions.id
    WHERE charge.amounts IS DISTINCT FROM ARRAY[transactions.amount_minor]
       OR charge.payers IS DISTINCT FROM ARRAY[transactions.account_id]
"""
_REFUND_IF_FAILED = """
    SELECT transactions.id AS subject,
           format('%s: refunds %s of %s', status, refund.amounts, transactions.amount_minor)
               AS detail
    FROM transactions
    LEFT JOIN (
        SELECT transaction_id, array_agg(amount_minor) AS amounts, array_agg(account_id) AS payers
        FROM ledger_entries WHERE kind = 'refund' GROUP BY transaction_id
    ) AS refund ON refund.transaction_id = transactions.id
    WHERE CASE status
        WHEN 'FAILED' THEN refund.amounts IS DISTINCT FROM ARRAY[transactions.amount_minor]
            OR refund.payers IS DISTINCT FROM ARRAY[transactions.account_id]
        ELSE refund.amounts IS NOT NULL
    END
"""
_ONE_CURRENCY = """
    SELECT entry.id AS subject,
           format('%s on an account in %s', entry.currency, accounts.currency) AS detail
    FROM ledger_entries AS entry JOIN accounts ON accounts.id = entry.account_id
    WHERE entry.currency <> accounts.currency
    UNION ALL
    SELECT transactions.id, format('%s paid from %s', transactions.currency, accounts.currency)
    FROM transactions JOIN accounts ON accounts.id = transactions.account_id
    WHERE transactions.currency <> accounts.currency
"""
_CREDITED_ONCE = """
    SELECT id AS subject, format('%s was credited before', external_reference) AS detail
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY upper(external_reference COLLATE "C") ORDER BY sequence) AS occurrence
        FROM ledger_entries WHERE external_reference IS NOT NULL
    ) AS entry
    WHERE occurrence > 1
"""
_SUBSCRIPTION_AGREES = """
    SELECT transactions.id AS subject,
           format('%s, subscription %s', transactions.status, subscriptions.status) AS detail
    FROM transactions JOIN subscriptions ON subscriptions.id = transactions.subscription_id
    WHERE transactions.kind = 'activation' AND transactions.status IN ('SUCCESS', 'FAILED')
      AND (transactions.status = 'SUCCESS') <> (subscriptions.starts_at IS NOT NULL)
"""

QUERIES: Mapping[LedgerRule, str] = {
    LedgerRule.BALANCE_IS_SUM: _BALANCE_IS_SUM,
    LedgerRule.RUNNING_BALANCE: _RUNNING_BALANCE,
    LedgerRule.NOT_OVERDRAWN: _NOT_OVERDRAWN,
    LedgerRule.ONE_CHARGE: _ONE_CHARGE,
    LedgerRule.REFUND_IF_FAILED: _REFUND_IF_FAILED,
    LedgerRule.ONE_CURRENCY: _ONE_CURRENCY,
    LedgerRule.CREDITED_ONCE: _CREDITED_ONCE,
    LedgerRule.SUBSCRIPTION_AGREES: _SUBSCRIPTION_AGREES,
}
