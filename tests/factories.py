"""Domain objects for tests: valid by default, with only what a test is about spelled out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from uuid6 import uuid7

from offers.adapters.clock.ids import new_purchase_ids, new_token
from offers.domain.account import Account, Movement
from offers.domain.ids import (
    AccountId,
    LedgerEntryId,
    OfferId,
    SessionId,
    TransactionId,
    UserId,
)
from offers.domain.messages import ActivationRequested
from offers.domain.money import Money
from offers.domain.offer import Category, Offer, OfferStatus
from offers.domain.purchase import Buyer, Purchase, PurchaseIds, buy_activation, buy_renewal
from offers.domain.refresh_token import RefreshToken
from offers.domain.session import Session
from offers.domain.user import Role, User

if TYPE_CHECKING:
    from offers.domain.account import LedgerEntry
    from offers.domain.outbox import OutboxMessage
    from offers.domain.subscription import Subscription

NOW = datetime(2026, 3, 14, 9, 26, 53, 589793, tzinfo=UTC)
_numbers = count(1)


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return UUID(int=uuid7().int)


def money(amount: str, currency: str = "EUR") -> Money:
    return Money.of(amount, currency)


def an_offer(price: str = "29.99", **changes: Any) -> Offer:
    """An active offer of 30 days, open since a year and without an end."""
    number = next(_numbers)
    fields: dict[str, Any] = {
        "id": OfferId(new_id()),
        "code": f"OFFER-{number:04}",
        "name": f"Offer {number:04}",
        "description": "Fast and cheap",
        "category": Category.INTERNET,
        "products": ("Fibre 100", "Router"),
        "price": money(price),
        "duration_days": 30,
        "status": OfferStatus.ACTIVE,
        "valid_from": NOW - timedelta(days=365),
        "valid_until": None,
        "created_at": NOW - timedelta(days=365),
        "updated_at": NOW - timedelta(days=365),
    }
    return Offer(**(fields | changes))


def a_session(user: User, **changes: Any) -> Session:
    """A session of ninety days, opened now at a place of its own."""
    session_id = SessionId(new_id())
    fields: dict[str, Any] = {
        "id": session_id,
        "user_id": user.id,
        "place": session_id.bytes,
        "created_at": NOW,
        "ends_at": NOW + timedelta(days=90),
    }
    return Session(**(fields | changes))


def a_refresh_token(session: Session, token_hash: bytes = b"t" * 32) -> RefreshToken:
    """The first of its session, good for thirty days."""
    return RefreshToken.of(session, token_hash, session.created_at, timedelta(days=30))


def a_customer(**changes: Any) -> User:
    """Someone who can sign in; see ``an_account`` for the money."""
    number = next(_numbers)
    fields: dict[str, Any] = {
        "id": UserId(new_id()),
        "username": f"customer{number}",
        "email": f"customer{number}@example.com",
        "first_name": "Ada",
        "last_name": "Lovelace",
        "locale": "en",
        "time_zone": "Europe/Berlin",
        "role": Role.CUSTOMER,
        "password_hash": "$argon2id$not-a-real-hash",
        "is_active": True,
        "created_at": NOW - timedelta(days=30),
        "unsubscribe_token": new_token(),
    }
    return User(**(fields | changes))


def an_account(owner: User, balance: str = "0.00") -> Account:
    """The prepaid account of a customer."""
    return Account(
        id=AccountId(new_id()),
        user_id=owner.id,
        partner_id=None,
        balance=money(balance),
        credit_limit=money("0.00"),
        updated_at=NOW - timedelta(days=30),
    )


def a_top_up(account: Account, amount: str) -> tuple[Account, LedgerEntry]:
    """Money paid in a month ago."""
    at = NOW - timedelta(days=30)
    return account.top_up(money(amount), Movement(LedgerEntryId(new_id()), at, "test", "opening"))


def a_purchase(
    user: User,
    account: Account,
    offer: Offer,
    *,
    at: datetime = NOW,
    ids: PurchaseIds | None = None,
) -> Purchase:
    """An accepted activation."""
    return buy_activation(Buyer(user.id), offer, account, ids or purchase_ids(), at)


def a_renewal(
    user: User, account: Account, offer: Offer, subscription: Subscription, *, at: datetime = NOW
) -> Purchase:
    """An accepted renewal."""
    return buy_renewal(Buyer(user.id), offer, account, subscription, purchase_ids(), at)


def purchase_ids() -> PurchaseIds:
    """Fresh ids for everything that a purchase creates."""
    return new_purchase_ids()


def transaction_of(message: OutboxMessage) -> TransactionId:
    """Which one an activation message names."""
    assert isinstance(message.content, ActivationRequested)
    return message.content.transaction_id
