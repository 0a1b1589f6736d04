"""Partners over HTTP: order, validate, be told, and see only what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from standardwebhooks import Webhook

from infra.local.seed.people import PARTNER_API_KEY, PARTNER_WEBHOOK_SECRET
from tests.e2e.client import Client, sign_in
from tests.e2e.new_partner import NewPartner, add_partner
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.local.stack import LaptopStack
    from tests.local.http import Answer, Http

ROUTES = [
    ("POST", "/partner/activate"),
    ("GET", "/partner/validate/REF-222222222222"),
    ("GET", "/partner/transactions"),
    ("GET", "/partner/webhooks/deliveries"),
    ("POST", "/partner/webhooks/deliveries/01900000-0000-7000-8000-00000000ffff/replay"),
]


@pytest.fixture
def partner(laptop_stack: LaptopStack, api: Http, database: Any) -> NewPartner:
    return add_partner(laptop_stack, api, database)


@pytest.fixture
def user_id(customer: Client) -> str:
    return str(customer.get("/auth/profile").json()["id"])


def problem(answer: Answer) -> tuple[int, str | None]:
    return answer.status, answer.json().get("code")


def settled(client: Client, reference: str) -> dict[str, Any]:
    def look() -> dict[str, Any]:
        document: dict[str, Any] = client.get(f"/partner/validate/{reference}").json()
        return document if document["status"] in {"SUCCESS", "FAILED"} else {}

    return wait_for(look, 20)


def deliveries(client: Client) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = client.get("/partner/webhooks/deliveries").json()["data"]
    return listed


def webhook_about(api: Http, reference: str) -> dict[str, Any]:
    def look() -> list[dict[str, Any]]:
        calls = api("GET", "/_local/webhooks").json()
        return [call for call in calls if reference in call["body"]]

    return wait_for(look, 20)[0]


def test_the_seeded_partner_orders_and_is_told(
    api: Http, customer: Client, user_id: str, offer: dict[str, Any]
) -> None:
    acme = Client(api, {"x-api-key": PARTNER_API_KEY})
    body = {
        "user_id": user_id,
        "offer_id": offer["id"],
        "amount": offer["price"],
        "currency": "EUR",
        "partner_reference": f"order-{uuid4()}",
    }

    accepted = acme.post("/partner/activate", body)
    again = acme.post("/partner/activate", body)

    assert (accepted.status, again.status) == (202, 202)
    assert accepted.json() == again.json()
    assert accepted.json().keys() == {"reference", "transaction_id", "status", "message"}
    assert "Idempotent-Replayed" not in accepted.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    reference = accepted.json()["reference"]
    assert accepted.headers["Location"] == f"/api/v1/partner/validate/{reference}"

    document = settled(acme, reference)
    assert document["status"] == "SUCCESS"
    assert document["is_valid"] is True
    assert document["user_id"] == user_id
    assert document["partner_reference"] == body["partner_reference"]
    assert customer.balance() == "500.00"
    (subscription,) = customer.get("/account/subscriptions").json()["data"]
    assert subscription["status"] == "active"

    call = webhook_about(api, reference)
    event = Webhook(PARTNER_WEBHOOK_SECRET).verify(call["body"], call["headers"])
    assert (event["type"], event["data"]) == ("activation.succeeded", document)


def test_a_failed_order_gives_the_credit_back(
    api: Http,
    partner: NewPartner,
    user_id: str,
    offer: dict[str, Any],
    provisioning: Callable[..., None],
    database: Any,
) -> None:
    provisioning("reject", count=1)
    order = partner.order(user_id, offer)

    reference = partner.client.post("/partner/activate", order).json()["reference"]

    document = settled(partner.client, reference)
    assert document["status"] == "FAILED"
    assert document["failure"]["code"]
    database.execute("SELECT balance_minor FROM accounts WHERE partner_id = %s", (partner.id,))
    assert database.fetchone() == (0,)
    call = webhook_about(api, reference)
    event = Webhook(partner.secret).verify(call["body"], call["headers"])
    assert event["type"] == "activation.failed"
    failed = partner.client.get("/partner/transactions?status=FAILED").json()["data"]
    assert [each["reference"] for each in failed] == [reference]


def test_credit_runs_out(
    laptop_stack: LaptopStack,
    api: Http,
    database: Any,
    customer: Client,
    user_id: str,
) -> None:
    first, second = customer.offers("sort=price")[:2]
    limit = round(float(first["price"]) * 100)
    partner = add_partner(laptop_stack, api, database, limit)

    assert partner.client.post("/partner/activate", partner.order(user_id, first)).status == 202
    refused = partner.client.post("/partner/activate", partner.order(user_id, second))

    assert problem(refused) == (402, "credit_limit_reached")


def test_what_does_not_fit_is_refused(
    partner: NewPartner, user_id: str, offer: dict[str, Any]
) -> None:
    def answer_to(**changes: Any) -> tuple[int, str | None]:
        order = partner.order(user_id, offer) | changes
        return problem(partner.client.post("/partner/activate", order))

    unknown = "01900000-0000-7000-8000-00000000ffff"
    assert answer_to(amount="0.01") == (422, "amount_mismatch")
    assert answer_to(currency="USD") == (422, "amount_mismatch")
    assert answer_to(user_id=unknown) == (404, "user_not_found")
    assert answer_to(offer_id=unknown) == (404, "offer_not_found")
    for invalid in (
        {"amount": 9.99},
        {"amount": "-9.99"},
        {"amount": "1e3"},
        {"currency": "euro"},
        {"partner_id": unknown},
        {"partner_reference": ""},
        {"partner_reference": "a\u0000b"},
        {"user_id": "me"},
    ):
        assert answer_to(**invalid) == (422, "validation_failed"), invalid
    assert partner.client.get("/partner/transactions").json()["data"] == []


def test_the_limits_of_the_partner_are_kept_by_us(
    partner: NewPartner, customer: Client, user_id: str, database: Any
) -> None:
    first, second = customer.offers("sort=price")[:2]
    database.execute("UPDATE partners SET activations_per_day = 1 WHERE id = %s", (partner.id,))

    assert partner.client.post("/partner/activate", partner.order(user_id, first)).status == 202
    refused = partner.client.post("/partner/activate", partner.order(user_id, second))

    assert problem(refused) == (429, "activation_limit_reached")
    assert 1 <= int(refused.headers["Retry-After"]) <= 86_400


def test_a_partner_sees_only_its_own(
    laptop_stack: LaptopStack,
    api: Http,
    database: Any,
    partner: NewPartner,
    user_id: str,
    offer: dict[str, Any],
) -> None:
    order = partner.order(user_id, offer, partner_reference="mine")
    reference = partner.client.post("/partner/activate", order).json()["reference"]
    settled(partner.client, reference)
    webhook_about(api, reference)
    (delivery,) = wait_for(lambda: deliveries(partner.client), 20)
    stranger = add_partner(laptop_stack, api, database).client

    foreign = stranger.get(f"/partner/validate/{reference}")
    unknown = stranger.get("/partner/validate/REF-222222222222")
    assert foreign.status == unknown.status == 404
    volatile = {"reference", "instance", "request_id"}
    assert {k: v for k, v in foreign.json().items() if k not in volatile} == {
        k: v for k, v in unknown.json().items() if k not in volatile
    }
    assert foreign.json()["reference"] == reference
    assert foreign.json()["is_valid"] is False
    assert stranger.get("/partner/transactions").json()["data"] == []
    assert deliveries(stranger) == []
    replay = stranger.post(f"/partner/webhooks/deliveries/{delivery['id']}/replay")
    assert problem(replay) == (404, "webhook_delivery_not_found")


def test_a_delivery_is_recorded_and_can_be_replayed(
    api: Http, partner: NewPartner, user_id: str, offer: dict[str, Any]
) -> None:
    order = partner.order(user_id, offer)
    reference = partner.client.post("/partner/activate", order).json()["reference"]

    def delivered(times: int) -> dict[str, Any]:
        def look() -> dict[str, Any]:
            found = [d for d in deliveries(partner.client) if d["status"] == "delivered"]
            return next((d for d in found if len(d["attempts"]) == times), {})

        return wait_for(look, 20)

    first = delivered(1)
    assert first["attempts"][0]["http_status"] == 200
    replayed = partner.client.post(f"/partner/webhooks/deliveries/{first['id']}/replay")
    assert (replayed.status, replayed.json()["status"]) == (202, "queued")
    assert delivered(2)["id"] == first["id"]
    calls = [call for call in api("GET", "/_local/webhooks").json() if reference in call["body"]]
    assert [call["headers"]["webhook-id"] for call in calls] == [first["id"]] * 2


def test_pages_belong_to_the_partner_and_not_to_its_key(
    laptop_stack: LaptopStack,
    api: Http,
    database: Any,
    partner: NewPartner,
    customer: Client,
    user_id: str,
) -> None:
    for offer in customer.offers("sort=price")[:3]:
        order = partner.order(user_id, offer)
        assert partner.client.post("/partner/activate", order).status == 202
    first = partner.client.get("/partner/transactions?limit=2").json()
    cursor = first["next_cursor"]
    other = add_partner(laptop_stack, api, database)

    foreign = other.client.get(f"/partner/transactions?limit=2&cursor={cursor}")
    assert problem(foreign) == (400, "invalid_cursor")
    database.execute(
        "UPDATE partner_api_keys SET partner_id = %s WHERE partner_id = %s", (partner.id, other.id)
    )
    with_the_second_key = other.client.get(f"/partner/transactions?limit=2&cursor={cursor}")
    assert len(with_the_second_key.json()["data"]) == 1


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_key_no_entry(
    api: Http, customer: Client, partner: NewPartner, database: Any, method: str, path: str
) -> None:
    def ask(headers: dict[str, str]) -> tuple[int, str | None]:
        body: object = {} if method == "POST" else None
        return problem(api(method, f"/api/v1{path}", body, headers))

    refused = (403, "invalid_api_key")
    assert ask({}) == refused
    assert ask({"x-api-key": "guessed"}) == refused
    assert ask(customer.headers) == refused
    assert ask(partner.client.headers) != refused
    database.execute(
        "UPDATE partner_api_keys SET revoked_at = now() WHERE partner_id = %s", (partner.id,)
    )
    if path != "/partner/activate":  # its body is looked at first
        assert ask(partner.client.headers) == refused


def test_keys_and_secrets_change_without_a_failed_call(
    api: Http, customer: Client, user_id: str
) -> None:
    admin, why = sign_in(api, "admin"), {"reason": "test"}
    fields = {"name": f"e2e-{uuid4()}", "contact_email": "a@example.com", "credit_limit": "900"}
    hooks = {"webhook_url": f"{api.url}/_local/webhooks"}
    made = admin.post("/admin/partners", {**fields, **hooks, **why}).json()
    path = f"/admin/partners/{made['id']}"
    offers = iter(customer.offers("sort=price"))

    def new_key() -> tuple[str, Client]:
        issued = admin.post(f"{path}/keys", why).json()
        return issued["id"], Client(api, {"x-api-key": issued["api_key"]})

    def webhook_after_order(partner: Client) -> dict[str, Any]:
        offer = next(offers)
        order = {"user_id": user_id, "offer_id": offer["id"], "amount": offer["price"]}
        accepted = partner.post("/partner/activate", order)
        assert accepted.status == 202, accepted.content
        return webhook_about(api, accepted.json()["reference"])

    old_id, old = new_key()
    call = webhook_after_order(old)
    Webhook(made["webhook_secret"]).verify(call["body"], call["headers"])

    _, new = new_key()
    assert [each.get("/partner/transactions").status for each in (old, new)] == [200, 200]
    assert (
        api("DELETE", f"/api/v1{path}/keys/{old_id}?reason=x", headers=admin.headers).status == 204
    )
    assert problem(old.get("/partner/transactions")) == (403, "invalid_api_key")

    rotated = admin.patch(path, {"rotate_webhook_secret": True, **why}, If_Match="*").json()
    call = webhook_after_order(new)
    for secret in (made["webhook_secret"], rotated["webhook_secret"]):
        Webhook(secret).verify(call["body"], call["headers"])
    assert len(new.get("/partner/transactions").json()["data"]) == 2
