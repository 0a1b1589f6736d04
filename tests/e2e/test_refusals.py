"""Bad input and strangers: the documented problem document, and nothing changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.e2e.client import PASSWORD, Client, sign_in

if TYPE_CHECKING:
    from tests.local.http import Answer, Http

MEGABYTE = b'{"offer_id": "' + b"x" * 1_000_000 + b'"}'

UNKNOWN_ID = "01900000-0000-7000-8000-00000000ffff"
"""Fixed, so that parallel workers collect the same tests."""


def assert_problem(answer: Answer, status: int, code: str) -> dict[str, Any]:
    document: dict[str, Any] = answer.json()
    assert (answer.status, document["code"]) == (status, code), answer.content
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert document["status"] == status
    assert document["request_id"] == answer.headers["X-Request-Id"]
    assert {"type", "title", "detail", "instance"} <= document.keys()
    return document


@pytest.mark.parametrize(
    "path",
    ["nope%22x", "nope%22,%22code%22:%22ok", "nope%5C", "nope%0A", "%E2%80%AE", "%FF", "$context"],
)
def test_a_hostile_path_adds_nothing_to_the_gateways_answer(api: Http, path: str) -> None:
    for method in ("GET", "POST"):
        answer = api(method, f"/api/v1/{path}")
        document = assert_problem(answer, 404, "route_not_found")
        assert document["instance"] == f"/requests/{document['request_id']}"
        assert len(document) == 7


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "malformed_json"),
        (b"", 422, "validation_failed"),
        (b"[]", 422, "validation_failed"),
        (b'"text"', 422, "validation_failed"),
        (b"null", 422, "validation_failed"),
        (b"\xff\xfe", 400, "bad_request"),
        ({}, 422, "validation_failed"),
        ({"offer_id": 5}, 422, "validation_failed"),
        ({"offer_id": -1}, 422, "validation_failed"),
        ({"offer_id": 10**400}, 422, "validation_failed"),
        ({"offer_id": None}, 422, "validation_failed"),
        ({"offer_id": "nonsense"}, 422, "validation_failed"),
        ({"offer_id": "\u0000"}, 422, "validation_failed"),
        ({"offer_id": ["x"]}, 422, "validation_failed"),
        ({"offer_id": UNKNOWN_ID, "amount": "0.01"}, 422, "validation_failed"),
        ({"offer_id": UNKNOWN_ID}, 404, "offer_not_found"),
        (MEGABYTE, 413, "body_too_large"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_bad_activation_changes_nothing(
    customer: Client, body: object, status: int, code: str
) -> None:
    assert_problem(customer.post("/activation", body), status, code)
    assert customer.balance() == "500.00"
    assert customer.get("/account/transactions").json()["data"] == []


def test_each_wrong_field_is_named(customer: Client) -> None:
    answer = customer.post("/activation", {"offer_id": "x", "surplus": 1})
    problem = assert_problem(answer, 422, "validation_failed")
    located = {error["location"] for error in problem["errors"]}
    assert located == {"body.offer_id", "body.surplus"}


def test_another_content_type_is_refused(customer: Client) -> None:
    answer = customer.post("/activation", b"offer_id=1", Content_Type="text/plain")
    assert_problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256])
def test_a_bad_idempotency_key_is_refused(
    customer: Client, offer: dict[str, Any], key: str
) -> None:
    header = key.encode("latin-1").decode("latin-1")
    answer = customer.activate(offer["id"], Idempotency_Key=header)
    assert_problem(answer, 422, "validation_failed")
    assert customer.balance() == "500.00"


def test_offers_that_cannot_be_bought_are_refused(customer: Client) -> None:
    everything = customer.offers("status=all")
    buyable = {offer["id"] for offer in customer.offers()}
    others = [offer for offer in everything if offer["id"] not in buyable]
    assert {offer["status"] for offer in others} == {"retired", "active"}  # the latter: not yet
    for offer in others:
        assert_problem(customer.activate(offer["id"]), 409, "offer_not_available")


def test_more_than_the_balance_cannot_be_spent(customer: Client) -> None:
    for offer in sorted(customer.offers(), key=lambda each: -float(each["price"])):
        answer = customer.activate(offer["id"])
        if answer.status != 202:
            assert_problem(answer, 402, "insufficient_balance")
    assert float(customer.balance()) >= 0


def test_somebody_elses_things_do_not_exist(
    customer: Client, other_customer: Client, offer: dict[str, Any]
) -> None:
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    customer.settled(transaction_id)
    (subscription,) = customer.get("/account/subscriptions").json()["data"]
    stranger = other_customer
    for path in ("/activation/status/", "/account/transactions/"):
        assert_problem(stranger.get(path + transaction_id), 404, "transaction_not_found")
        assert_problem(stranger.get(path + str(uuid4())), 404, "transaction_not_found")
    path = f"/account/subscriptions/{subscription['id']}"
    not_found = 404, "subscription_not_found"
    assert_problem(stranger.post(f"{path}/cancel"), *not_found)
    assert_problem(stranger.patch(path, {"auto_renew": True}), *not_found)
    renewal = stranger.post("/offers/renew", {"subscription_id": subscription["id"]})
    assert_problem(renewal, *not_found)


@pytest.mark.parametrize(
    "path",
    [
        "/offers?limit=0",
        "/offers?limit=101",
        "/offers?limit=-1",
        "/offers?limit=1e9",
        "/offers?category=cars",
        "/offers?sort=colour",
        "/offers?status=draft",
        "/offers/expiring?within_days=0",
        "/offers/expiring?within_days=91",
        "/offers/not-a-uuid",
        "/account/transactions?from=yesterday",
        "/account/transactions?status=DONE",
        "/activation/status/nonsense",
    ],
)
def test_bad_parameters_are_named(customer: Client, path: str) -> None:
    problem = assert_problem(customer.get(path), 422, "validation_failed")
    assert problem["errors"][0]["location"].split(".")[0] in ("query", "path")


@pytest.mark.parametrize("cursor", ["x", "AAAA", "é", "%00"])
def test_a_damaged_cursor_is_a_400(customer: Client, cursor: str) -> None:
    path = f"/offers?cursor={cursor if cursor.isascii() else '%C3%A9'}"
    assert_problem(customer.get(path), 400, "invalid_cursor")


def test_a_foreign_cursor_is_a_400(customer: Client, other_customer: Client) -> None:
    cursor = customer.get("/offers?limit=1").json()["next_cursor"]
    assert customer.get(f"/offers?limit=1&cursor={cursor}").status == 200
    assert_problem(other_customer.get(f"/offers?cursor={cursor}"), 400, "invalid_cursor")
    assert_problem(customer.get(f"/offers?sort=price&cursor={cursor}"), 400, "invalid_cursor")


def test_an_unknown_route_is_a_404(customer: Client) -> None:
    assert_problem(customer.get("/nothing/here"), 404, "route_not_found")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer nonsense"},
        {"Authorization": "Basic dXNlcjE6cGFzc3dvcmQxMjM="},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer a.b.c"},
    ],
    ids=str,
)
def test_without_a_valid_token_there_is_a_401(api: Http, headers: dict[str, str]) -> None:
    answer = Client(api, headers).get("/account/balance")
    assert_problem(answer, 401, "unauthorized")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_wrong_credentials_look_alike(api: Http) -> None:
    known = Client(api).post("/auth/login", {"username": "user5", "password": "wrong"})
    unknown = Client(api).post("/auth/login", {"username": "nobody", "password": "wrong"})
    first = assert_problem(known, 401, "invalid_credentials")
    second = assert_problem(unknown, 401, "invalid_credentials")
    assert first["detail"] == second["detail"]


def test_every_token_of_a_session_is_refused_after_logging_out(
    api: Http, customer: Client, offer: dict[str, Any]
) -> None:
    username = customer.get("/auth/profile").json()["username"]
    login = Client(api).post("/auth/login", {"username": username, "password": PASSWORD}).json()
    pair = Client(api).post("/auth/refresh", {"refresh_token": login["refresh_token"]}).json()
    session, prolonged = (
        Client(api, {"Authorization": f"Bearer {tokens['access_token']}"})
        for tokens in (login, pair)
    )
    assert session.post("/auth/logout").status == 204
    for each in (session, prolonged):
        assert_problem(each.get("/auth/profile"), 401, "unauthorized")
        assert_problem(each.post("/activation", {"offer_id": offer["id"]}), 401, "unauthorized")
    refreshed = Client(api).post("/auth/refresh", {"refresh_token": pair["refresh_token"]})
    assert_problem(refreshed, 401, "invalid_token")


def test_refresh_tokens_are_rotated(api: Http, customer: Client) -> None:
    username = customer.get("/auth/profile").json()["username"]
    login = Client(api).post("/auth/login", {"username": username, "password": PASSWORD}).json()
    body = {"refresh_token": login["refresh_token"]}
    first = Client(api).post("/auth/refresh", body)
    again = Client(api).post("/auth/refresh", body)
    assert first.status == again.status == 200
    assert first.json()["refresh_token"] == again.json()["refresh_token"]
    assert first.json()["refresh_token"] != login["refresh_token"]


def test_guessing_passwords_is_slowed_down(api: Http, customer: Client) -> None:
    username = customer.get("/auth/profile").json()["username"]
    guess = {"username": username, "password": "guess"}
    statuses = [Client(api).post("/auth/login", guess).status for _ in range(8)]
    assert statuses[0] == 401
    blocked = Client(api).post("/auth/login", guess)
    assert_problem(blocked, 429, "too_many_attempts")
    assert int(blocked.headers["Retry-After"]) > 0


def test_a_trailing_slash_means_the_same(customer: Client) -> None:
    for path in ("/offers", "/account/balance", "/auth/profile"):
        assert customer.get(path).content == customer.get(path + "/").content


def test_reads_can_be_conditional(customer: Client, offer: dict[str, Any]) -> None:
    for path in ("/offers", f"/offers/{offer['id']}"):
        first = customer.get(path)
        assert customer.get(path, If_None_Match=first.headers["ETag"]).status == 304


def test_open_documents_need_no_token(api: Http) -> None:
    assert sign_in(api, "admin").get("/auth/profile").json()["role"] == "admin"
    assert api("GET", "/health").json() == {"status": "ok"}
    assert api("GET", "/health/ready").json()["database"] == "ok"
    assert api("GET", "/openapi.json").json()["openapi"].startswith("3.1")
    assert b"swagger" in api("GET", "/docs").content
    (key, *_) = api("GET", "/.well-known/jwks.json").json()["keys"]
    assert "d" not in key
