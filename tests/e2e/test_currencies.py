"""Currencies without minor units and with three digits, all the way; and codes that are none."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from infra.local.seed.people import PARTNER_API_KEY
from tests.e2e.client import Client, sign_in
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.local.http import Http

pytestmark = pytest.mark.e2e

WHY = {"reason": "test"}
PASSWORD = "a long passphrase"  # of customers who exist for a moment


@pytest.fixture(scope="module")
def admin(api: Http) -> Client:
    return sign_in(api, "admin")


def created(answer: Any) -> Any:
    assert answer.status == 201, answer.json()
    return answer.json()


def a_customer(admin: Client, api: Http, currency: str, amount: str) -> tuple[Client, str]:
    name = f"e2e-{uuid4().hex[:8]}"
    body = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
    user = created(admin.post("/admin/users", {**body, "currency": currency, **WHY}))
    credit = {"kind": "top_up", "amount": amount, "external_reference": name, **WHY}
    created(admin.post(f"/admin/users/{user['id']}/credits", credit))
    return sign_in(api, name, PASSWORD), user["id"]


@contextmanager
def an_offer(admin: Client, currency: str, price: str) -> Iterator[Any]:
    """On sale for a moment, since others buy what they find."""
    body = {
        "code": f"E2E-{uuid4().hex[:8]}",
        "name": "Abroad",
        "category": "mobile",
        "duration_days": 30,
        "status": "active",
    }
    offer = created(
        admin.post("/admin/offers", {**body, "price": price, "currency": currency, **WHY})
    )
    yield offer
    retired = {"status": "retired", **WHY}
    assert admin.patch(f"/admin/offers/{offer['id']}", retired, If_Match="*").status == 200


@pytest.mark.parametrize(
    ("currency", "paid", "price", "left", "too_fine"),
    [("JPY", "5000", "1980", "3020", "1.5"), ("KWD", "10.000", "2.345", "7.655", "1.2345")],
)
def test_money_has_the_digits_of_its_currency(
    admin: Client,
    api: Http,
    currency: str,
    paid: str,
    price: str,
    left: str,
    too_fine: str,
) -> None:
    customer, user_id = a_customer(admin, api, currency, paid)
    assert customer.balance() == paid
    credit = {"kind": "top_up", "amount": too_fine, **WHY}
    assert admin.post(f"/admin/users/{user_id}/credits", credit).json()["code"] == "invalid_money"
    with an_offer(admin, currency, price) as offer:
        assert (offer["price"], offer["currency"]) == (price, currency)
        transaction = customer.activate(offer["id"]).json()["transaction_id"]

    assert customer.settled(transaction)["amount"] == price
    assert customer.balance() == left
    shown = {"JPY": "¥1,980", "KWD": "KWD\u00a02.345"}[currency]
    address = customer.get("/auth/profile").json()["email"]

    def told() -> bool:
        letters = api("GET", "/_local/mailbox", headers={"Accept": "application/json"}).json()
        return any(shown in each["text"] for each in letters if address in str(each["to"]))

    wait_for(told, 20)


@pytest.mark.parametrize(("currency", "price"), [("JPY", "1980"), ("KWD", "2.345")])
def test_a_partner_orders_in_it(admin: Client, api: Http, currency: str, price: str) -> None:
    _, user_id = a_customer(admin, api, currency, "1")
    body = {"name": f"e2e-{uuid4().hex[:8]}", "contact_email": "ops@example.com"}
    limit = {"credit_limit": "9000", "currency": currency}
    partner = created(admin.post("/admin/partners", {**body, **limit, **WHY}))
    path = f"/admin/partners/{partner['id']}"
    key = created(admin.post(f"{path}/keys", WHY))["api_key"]
    with an_offer(admin, currency, price) as offer:
        order = {"user_id": user_id, "offer_id": offer["id"], "amount": price}
        own = Client(api, {"x-api-key": key})
        accepted = own.post("/partner/activate", {**order, "currency": currency})

    assert accepted.status == 202, accepted.json()
    reference = accepted.json()["reference"]
    told = own.get(f"/partner/validate/{reference}").json()
    assert (told["amount"], told["currency"]) == (price, currency)


@pytest.mark.parametrize("code", ["ABC", "ZZZ", "XXX", "eur", "EURO"])
def test_a_currency_that_does_not_exist_is_refused_wherever_it_comes_in(
    admin: Client, api: Http, offer: dict[str, Any], code: str
) -> None:
    partner = Client(api, {"x-api-key": PARTNER_API_KEY})
    user_id = admin.get("/auth/profile").json()["id"]
    user = {"username": "never", "email": "never@example.com", "password": PASSWORD}
    on_sale = {"code": "NEVER", "name": "Never", "category": "tv", "price": "1", "duration_days": 1}
    credit = {"kind": "top_up", "amount": "1"}
    new_partner = {"name": "never", "contact_email": "ops@example.com"}
    order = {"user_id": user_id, "offer_id": offer["id"], "amount": offer["price"]}
    answers = [
        admin.post("/admin/users", {**user, **WHY, "currency": code}),
        admin.post("/admin/partners", {**new_partner, **WHY, "currency": code}),
        admin.post("/admin/offers", {**on_sale, **WHY, "currency": code}),
        admin.post(f"/admin/users/{user_id}/credits", {**credit, **WHY, "currency": code}),
        partner.post("/partner/activate", {**order, "currency": code}),
    ]
    for answer in answers:
        assert (answer.status, answer.json()["code"]) == (422, "validation_failed")
        assert [error["location"] for error in answer.json()["errors"]] == ["body.currency"]


def test_the_sample_data_knows_yen(admin: Client, api: Http) -> None:
    (offer,) = admin.get("/admin/offers?search=VISITOR-JAPAN").json()["data"]
    assert (offer["price"], offer["currency"], offer["status"]) == ("19800", "JPY", "draft")
    balance = sign_in(api, "yuki").get("/account/balance").json()
    assert (balance["balance"], balance["currency"]) == ("60000", "JPY")
