"""Answers are what the OpenAPI document promises: checked here, not on every request."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from offers.domain.account import Account
from offers.domain.ids import AccountId, OfferId, SubscriptionId, TransactionId, UserId
from offers.domain.money import Money
from offers.domain.offer import Category, Offer, OfferStatus
from offers.domain.subscription import Subscription, SubscriptionStatus
from offers.domain.times import rfc3339
from offers.domain.transaction import Channel, Failure, Transaction, TransactionKind
from offers.domain.user import Role, User
from offers.entrypoints.http.catalogue import offer_document
from offers.entrypoints.http.problems import problem_of
from offers.entrypoints.http.request_errors import FieldError, ValidationFailed
from offers.entrypoints.http.schemas import (
    activation,
    catalogue,
    customers,
    health,
    ledger,
    problems,
    sessions,
    subscriptions,
)
from offers.ports.outside.tokens import AccessToken
from offers.ports.store.subscriptions import SubscriptionView
from offers.services.health.check_readiness import Parts
from offers.services.sessions.log_in import SignedIn
from offers.services.subscriptions.renew_subscription import LatestSubscriptionTo

ID = UUID("0193572c-0000-7000-8000-000000000001")
AT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
PRICE = Money(2999, "EUR")

OFFER = Offer(
    id=OfferId(ID),
    code="FIBRE-500",
    name="Fibre 500",
    description="Fast.",
    category=Category.INTERNET,
    products=("Fibre", "Router"),
    price=PRICE,
    duration_days=30,
    status=OfferStatus.ACTIVE,
    valid_from=AT,
    valid_until=None,
    created_at=AT,
    updated_at=AT,
)
SUBSCRIPTION = Subscription(
    id=SubscriptionId(ID),
    user_id=UserId(ID),
    offer_id=OFFER.id,
    price=PRICE,
    status=SubscriptionStatus.ACTIVE,
    auto_renew=True,
    created_at=AT,
    updated_at=AT,
    starts_at=AT,
)
TRANSACTION = Transaction(
    id=TransactionId(ID),
    kind=TransactionKind.ACTIVATION,
    channel=Channel.CLIENT,
    user_id=UserId(ID),
    offer_id=OFFER.id,
    subscription_id=SUBSCRIPTION.id,
    account_id=AccountId(ID),
    amount=PRICE,
    duration_days=30,
    reference="REF-7K2M9QXW4TBC",
    created_at=AT,
    updated_at=AT,
)
FAILED = TRANSACTION.fail(Failure("not_serviceable", "No line."), AT)
USER = User(
    id=UserId(ID),
    username="user1",
    email="user1@example.com",
    first_name="Ada",
    last_name="L.",
    locale="en",
    time_zone="Europe/Paris",
    role=Role.CUSTOMER,
    password_hash="secret",
    is_active=True,
    created_at=AT,
    unsubscribe_token=ID,
)
SESSION = SignedIn(AccessToken("access", 900), "refresh")
ACCOUNT = Account(AccountId(ID), UserId(ID), None, Money(0, "EUR"), Money(0, "EUR"), AT)
VIEW = SubscriptionView(SUBSCRIPTION, OFFER, TRANSACTION.id)
PROBLEM = problem_of(ValidationFailed(FieldError("body", "m", "c")), "/x", "r").members

DOCUMENTS: list[tuple[Any, Any]] = [
    (catalogue.OfferDocument, offer_document(OFFER)),
    (catalogue.OfferDocument, offer_document(replace(OFFER, valid_until=AT))),
    (catalogue.OfferList, {"data": [offer_document(OFFER)], "next_cursor": None}),
    (activation.Accepted, activation.accepted_document(TRANSACTION, "/status")),
    (activation.StatusDocument, activation.status_document(TRANSACTION)),
    (activation.StatusDocument, activation.status_document(FAILED)),
    (activation.TransactionDocument, activation.transaction_document(FAILED)),
    (subscriptions.SubscriptionDocument, subscriptions.subscription_document(VIEW)),
    (ledger.BalanceDocument, ledger.balance_document(ACCOUNT)),
    (customers.Profile, customers.profile(USER)),
    (sessions.TokenPair, sessions.token_pair(SESSION)),
    (problems.ProblemDocument, PROBLEM),
]


@pytest.mark.parametrize(("kind", "document"), DOCUMENTS)
def test_documents_are_as_described_and_hold_nothing_else(kind: Any, document: Any) -> None:
    strictly = with_config(ConfigDict(extra="forbid", strict=True))(kind)
    assert TypeAdapter(strictly).validate_python(document) == document


def test_money_is_a_decimal_string_and_time_ends_in_z() -> None:
    document = activation.status_document(TRANSACTION)
    assert (document["amount"], document["currency"]) == ("29.99", "EUR")
    assert document["created_at"] == "2026-03-01T09:30:00Z"
    assert rfc3339(AT.replace(microsecond=5)) == "2026-03-01T09:30:00.000005Z"


def test_a_replay_of_a_finished_activation_is_answered_as_the_first_time() -> None:
    again = activation.accepted_document(FAILED, "/status")
    assert again == activation.accepted_document(TRANSACTION, "/status")


def test_the_password_hash_is_nobodys_business() -> None:
    assert "secret" not in str(customers.profile(USER))


@pytest.mark.parametrize(
    ("body", "is_valid"),
    [
        ({"subscription_id": str(ID)}, True),
        ({"offer_id": str(ID)}, True),
        ({"offer_id": str(ID), "expires_at": "2026-03-14T09:26:53.589793+01:00"}, True),
        ({"offer_id": str(ID), "expires_at": "2026-03-14T09:26:53"}, False),
        ({"offer_id": str(ID), "expires_at": 1773480413}, False),
        ({"expires_at": "2026-03-14T09:26:53Z"}, False),
        ({}, False),
        ({"offer_id": str(ID), "subscription_id": str(ID)}, False),
        ({"offer_id": None, "subscription_id": None}, False),
    ],
)
def test_a_renewal_names_exactly_one_thing(body: dict[str, Any], is_valid: bool) -> None:
    if is_valid:
        subscriptions.RenewRequest.model_validate(body)
        return
    with pytest.raises(ValidationError):
        subscriptions.RenewRequest.model_validate(body)


@pytest.mark.parametrize(
    "body",
    [
        {"username": "u", "password": ""},
        {"username": "", "password": "p"},
        {"username": "u\x00", "password": "p"},
        {"username": "u" * 151, "password": "p"},
        {"username": "u", "password": "p" * 1025},
        {"username": 1, "password": "p"},
    ],
)
def test_a_sign_in_has_limits(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        sessions.LoginRequest.model_validate(body)


@pytest.mark.parametrize("value", ["true", 1, None])
def test_auto_renew_is_a_boolean(value: object) -> None:
    with pytest.raises(ValidationError):
        subscriptions.UpdateSubscriptionRequest.model_validate({"auto_renew": value})


def test_a_renewal_names_its_subscription_or_the_latest_to_an_offer() -> None:
    by_id = subscriptions.RenewRequest.model_validate({"subscription_id": str(ID)})
    by_offer = subscriptions.RenewRequest.model_validate({"offer_id": str(ID)})
    assert subscriptions.renewal_target(by_id) == SUBSCRIPTION.id
    assert subscriptions.renewal_target(by_offer) == LatestSubscriptionTo(OFFER.id)


@pytest.mark.parametrize(
    ("status", "is_admin", "wanted"),
    [
        ("active", True, (OfferStatus.ACTIVE, False)),
        ("retired", False, (OfferStatus.RETIRED, False)),
        ("all", False, (None, False)),
        ("all", True, (None, True)),
    ],
)
def test_drafts_are_shown_to_admins_who_ask_for_all(
    status: str, is_admin: bool, wanted: tuple[OfferStatus | None, bool]
) -> None:
    query = catalogue.offer_query(" tv ", "tv", status, "-price", include_drafts=is_admin)
    assert (query.status, query.include_drafts) == wanted
    assert (query.search, query.category, query.sort) == ("tv", Category.TV, "-price")


@pytest.mark.parametrize(
    ("parts", "status"),
    [(Parts(True, True, True), "ok"), (Parts(True, False, True), "degraded")],
)
def test_readiness_tells_each_part(parts: Parts, status: str) -> None:
    document = health.readiness(parts)
    assert (document["status"], document["database"]) == (status, "ok")
    assert document["redis"] == status
