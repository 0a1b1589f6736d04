"""Customers made straight in the stack's database, faster than an administrator could."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import uuid4

from offers.adapters.passwords.argon2_passwords import Argon2Passwords
from tests.e2e.client import PASSWORD

_INSERT = """
INSERT INTO users (id, username, email, first_name, last_name, locale, time_zone, role,
                   password_hash, created_at)
VALUES (%(user)s, %(name)s, %(name)s || '@example.com', 'New', 'Comer', 'en', 'UTC', 'customer',
        %(hash)s, now());
INSERT INTO accounts (id, user_id, currency, balance_minor, updated_at)
VALUES (%(account)s, %(user)s, 'EUR', %(minor)s, now());
INSERT INTO ledger_entries (id, account_id, kind, amount_minor, currency, balance_after_minor,
                            actor, reason, created_at)
VALUES (%(entry)s, %(account)s, 'top_up', %(minor)s, 'EUR', %(minor)s, 'test', 'opening', now());
"""


def add_customer(database: Any, balance_minor: int = 50_000) -> str:
    """The new username; the password is the one everybody has here."""
    name = f"newcomer-{uuid4().hex[:12]}"
    ids = {key: str(uuid4()) for key in ("user", "account", "entry")}
    known = {"name": name, "hash": _password_hash(), "minor": balance_minor}
    database.execute(f"BEGIN; {_INSERT} COMMIT", ids | known)
    return name


@cache
def _password_hash() -> str:
    return Argon2Passwords(memory_kib=8, passes=1).hash(PASSWORD)
