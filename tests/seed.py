"""Filling a real database for tests, so that the rules of the ledger hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from offers.adapters.postgres.tables import accounts, offers, users
from offers.services.activation.purchases import store_purchase
from tests.factories import NOW, a_customer, a_purchase, a_top_up, an_account, an_offer

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine, Table

    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.account import Account
    from offers.domain.offer import Offer
    from offers.domain.purchase import Purchase
    from offers.domain.user import User


@dataclass(frozen=True)
class Seed:
    """Stores what factories make."""

    engine: Engine
    store: PostgresStore

    def an_offer(self, price: str = "29.99", **changes: Any) -> Offer:
        """A stored offer."""
        offer = an_offer(price, **changes)
        values = _columns(offer, offers) | {
            "products": list(offer.products),
            "price_minor": offer.price.amount_minor,
            "currency": offer.price.currency,
        }
        self.insert(offers, values)
        return offer

    def a_customer(self, balance: str = "100.00", **changes: Any) -> User:
        """A stored customer with an account that was topped up to ``balance``."""
        user = a_customer(**changes)
        self.insert(users, _columns(user, users))
        account = an_account(user)
        values = {"currency": "EUR", "balance_minor": 0, "credit_limit_minor": 0}
        self.insert(accounts, _columns(account, accounts) | values)
        if float(balance) > 0:
            with self.store.unit_of_work() as work:
                work.accounts.move(*a_top_up(account, balance))
        return user

    def a_purchase(self, user: User, offer: Offer, at: datetime = NOW) -> Purchase:
        """A stored activation, pending."""
        with self.store.unit_of_work() as work:
            purchase = a_purchase(user, work.accounts.lock_for_user(user.id), offer, at=at)
            store_purchase(work, purchase)
        return purchase

    def account_of(self, user: User) -> Account:
        """The account as it is now."""
        with self.store.reading() as store:
            return store.accounts.of_user(user.id)

    def insert(self, table: Table, values: dict[str, Any]) -> None:
        """One row, as it is."""
        with self.engine.begin() as connection:
            connection.execute(insert(table).values(values))


def _columns(thing: Any, table: Table) -> dict[str, Any]:
    """The fields that are set and have a column of the same name."""
    fields = {name: getattr(thing, name, None) for name in map(str, table.c.keys())}
    return {name: value for name, value in fields.items() if value is not None}
