"""Puts the seed data into a migrated database; again is harmless."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg2
import uuid6
from argon2 import PasswordHasher

from infra.local.errors import StackError
from infra.local.seed.catalogue import CATALOGUE, SeedOffer
from infra.local.seed.people import (
    CURRENCY,
    PARTNER,
    PARTNER_API_KEY,
    PARTNER_CREDIT_LIMIT_MINOR,
    PARTNER_EMAIL,
    PARTNER_WEBHOOK_SECRET,
    PASSWORD,
    USERS,
    SeedUser,
)

INSERT_USER = """
INSERT INTO users (id, username, email, first_name, last_name, locale, time_zone, role,
                   password_hash, created_at)
VALUES (%(id)s, %(username)s, %(email)s, %(first_name)s, %(last_name)s, %(locale)s,
        %(time_zone)s, %(role)s, %(password_hash)s, %(now)s)"""
INSERT_ACCOUNT = """
INSERT INTO accounts (id, user_id, partner_id, currency, balance_minor, credit_limit_minor,
                      updated_at)
VALUES (%(id)s, %(user_id)s, %(partner_id)s, %(currency)s, %(balance)s, %(credit_limit)s,
        %(now)s)"""
INSERT_ENTRY = """
INSERT INTO ledger_entries (id, account_id, kind, amount_minor, currency, balance_after_minor,
                            actor, reason, created_at)
VALUES (%(id)s, %(account_id)s, 'top_up', %(amount)s, %(currency)s, %(amount)s, 'seed',
        'Opening balance', %(now)s)"""
INSERT_OFFER = """
INSERT INTO offers (id, code, name, description, category, products, price_minor, currency,
                    duration_days, status, valid_from, created_at, updated_at)
VALUES (%(id)s, %(code)s, %(name)s, %(description)s, %(category)s, %(products)s,
        %(price_minor)s, %(currency)s, %(duration_days)s, %(status)s, %(valid_from)s, %(now)s,
        %(now)s)
ON CONFLICT (code) DO NOTHING"""
INSERT_PARTNER = """
INSERT INTO partners (id, name, contact_email, usage_plan, created_at, updated_at)
VALUES (%(id)s, %(name)s, %(contact_email)s, %(usage_plan)s, %(now)s, %(now)s)"""
INSERT_USAGE = """
INSERT INTO partner_usage (partner_id, minute_start, day_start)
VALUES (%s, date_trunc('minute', %s, 'UTC'), date_trunc('day', %s, 'UTC'))"""
SET_WEBHOOK = """
UPDATE partners SET webhook_url = %s, webhook_secret = coalesce(webhook_secret, %s)
WHERE id = %s AND (webhook_url IS NULL OR webhook_url LIKE '%%/_local/webhooks')"""
INSERT_KEY = """
INSERT INTO partner_api_keys (api_key_id, partner_id, key_hash, created_at)
VALUES (%s, %s, %s, %s) ON CONFLICT (api_key_id) DO NOTHING"""


def seed(postgres_uri: str, stage: str, partner_api_key_id: str, webhook_url: str) -> None:
    """One commit; what is there already is left as it is, but for the port in ``webhook_url``.

    Raises StackError on any stage but local, for the passwords are public, and when the schema
    has grown past the seed data.
    """
    if stage != "local":
        message = f"Seed data is for the local stage only, not for {stage}."
        raise StackError(message)
    connection = psycopg2.connect(postgres_uri)
    try:
        with connection, connection.cursor() as cursor:
            _Seeding(cursor, datetime.now(UTC)).run(partner_api_key_id, webhook_url)
    except psycopg2.Error as error:
        message = f"The seed data does not fit the database: {error}"
        raise StackError(message) from error
    finally:
        connection.close()


@dataclass(frozen=True)
class _Seeding:
    cursor: Any
    now: datetime

    def run(self, partner_api_key_id: str, webhook_url: str) -> None:
        self._users()
        for offer in CATALOGUE:
            self._offer(offer)
        self._partner(partner_api_key_id, webhook_url)

    def _users(self) -> None:
        self.cursor.execute("SELECT lower(username) FROM users")
        known = {username for (username,) in self.cursor.fetchall()}
        missing = [user for user in USERS if user.username not in known]
        if missing:
            # The parameters of offers.adapters.passwords, so that nobody's hash is made anew.
            hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
            password_hash = hasher.hash(PASSWORD)
            for user in missing:
                self._user(user, password_hash)

    def _user(self, user: SeedUser, password_hash: str) -> None:
        user_id = self._insert(
            INSERT_USER,
            username=user.username,
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            locale=user.locale,
            time_zone=user.time_zone,
            role=user.role,
            password_hash=password_hash,
        )
        balance, currency = user.balance_minor, user.currency
        account_id = self._account(user_id=user_id, balance=balance, currency=currency)
        self._insert(INSERT_ENTRY, account_id=account_id, amount=balance, currency=currency)

    def _account(
        self,
        user_id: str | None = None,
        partner_id: str | None = None,
        balance: int = 0,
        credit_limit: int = 0,
        currency: str = CURRENCY,
    ) -> str:
        return self._insert(
            INSERT_ACCOUNT,
            user_id=user_id,
            partner_id=partner_id,
            currency=currency,
            balance=balance,
            credit_limit=credit_limit,
        )

    def _offer(self, offer: SeedOffer) -> None:
        self._insert(
            INSERT_OFFER,
            code=offer.code,
            name=offer.name,
            description=offer.description,
            category=offer.category,
            products=list(offer.products),
            price_minor=offer.price_minor,
            currency=offer.currency,
            duration_days=offer.duration_days,
            status=offer.status,
            valid_from=offer.valid_from(self.now),
        )

    def _partner(self, api_key_id: str, webhook_url: str) -> None:
        self.cursor.execute("SELECT id FROM partners WHERE name = %s", (PARTNER,))
        found = self.cursor.fetchone()
        partner_id = found[0] if found else self._new_partner()
        key_hash = hashlib.sha256(PARTNER_API_KEY.encode()).digest()
        self.cursor.execute(INSERT_KEY, (api_key_id, partner_id, key_hash, self.now))
        self.cursor.execute(SET_WEBHOOK, (webhook_url, PARTNER_WEBHOOK_SECRET, partner_id))

    def _new_partner(self) -> str:
        partner_id = self._insert(
            INSERT_PARTNER, name=PARTNER, contact_email=PARTNER_EMAIL, usage_plan="premium"
        )
        self.cursor.execute(INSERT_USAGE, (partner_id, self.now, self.now))
        self._account(partner_id=partner_id, credit_limit=PARTNER_CREDIT_LIMIT_MINOR)
        return partner_id

    def _insert(self, statement: str, **values: Any) -> str:
        """Insert a row under a new id, as of now, and answer the id."""
        new_id = str(uuid6.uuid7())
        self.cursor.execute(statement, {"id": new_id, "now": self.now, **values})
        return new_id
