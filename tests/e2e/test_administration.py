"""An administrator's day, over HTTP."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from tests.e2e.client import Client, new_key, sign_in
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from tests.local.http import Answer, Http

pytestmark = pytest.mark.e2e
WHY = {"reason": "end-to-end test"}


@pytest.fixture(scope="module")
def admin(api: Http) -> Client:
    return sign_in(api, "admin")


def created(answer: Answer) -> dict[str, Any]:
    assert answer.status == 201, answer.content
    document: dict[str, Any] = answer.json()
    return document


def done(answer: Answer) -> dict[str, Any]:
    assert answer.status == 200, answer.content
    document: dict[str, Any] = answer.json()
    return document


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json()["code"]


def an_offer(admin: Client, **fields: Any) -> dict[str, Any]:
    body = {
        "code": f"E2E-{uuid4().hex[:8]}",
        "name": "End to end",
        "category": "tv",
        "products": ["One channel"],
        "price": "3.50",
        "duration_days": 7,
    }
    return created(admin.post("/admin/offers", {**body, **WHY, **fields}))


def a_user(admin: Client, **fields: Any) -> dict[str, Any]:
    body = {"username": f"e2e-{uuid4().hex[:8]}", "password": "a long passphrase"}
    body["email"] = f"{body['username']}@example.com"
    return created(admin.post("/admin/users", {**body, **WHY, **fields}))


def test_an_offer_from_draft_to_retirement(admin: Client, customer: Client) -> None:
    offer = an_offer(admin)
    path, seen = f"/admin/offers/{offer['id']}", {"If_Match": '"1"'}
    unknown = str(uuid4())
    for offer_id in (offer["id"], unknown):  # a draft is there for administrators only
        assert refused(customer.get(f"/offers/{offer_id}")) == (404, "offer_not_found")
        assert refused(customer.activate(offer_id)) == (404, "offer_not_found")
        renewal = customer.post("/offers/renew", {"offer_id": offer_id})
        assert refused(renewal) == (404, "subscription_not_found")
    for status in ("all", "active", "retired"):
        assert customer.offers(f"status={status}&search={offer['code']}") == []

    on_sale = admin.patch(path, {"status": "active", "price": "4", **WHY}, **seen)
    assert (done(on_sale)["price"], on_sale.headers["ETag"]) == ("4.00", '"2"')
    assert customer.activate(offer["id"]).status == 202
    assert refused(admin.patch(path, {"price": "5", **WHY})) == (428, "precondition_required")
    assert refused(admin.patch(path, {"price": "5", **WHY}, **seen)) == (
        412,
        "precondition_failed",
    )
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    change = {"category": "mobile", "products": ["Two"], "valid_until": until, **WHY}
    assert done(admin.patch(path, change, If_Match='"2"'))["products"] == ["Two"]
    done(admin.patch(path, {"status": "retired", **WHY}, If_Match='"3"'))
    back = admin.patch(path, {"status": "active", **WHY}, If_Match='"4"')
    assert refused(back) == (409, "offer_status_not_allowed")
    listed = done(admin.get(f"/admin/offers?status=retired&search={offer['code']}"))["data"]
    assert [each["version"] for each in listed] == [4]


@pytest.mark.parametrize(
    "fields",
    [
        {"price": "-1"},
        {"price": "0"},
        {"price": "1e3"},
        {"price": "1.005"},
        {"duration_days": 0},
        {"category": "radio"},
        {"status": "retired"},
        {"valid_from": "2026-01-02T00:00:00Z", "valid_until": "2026-01-01T00:00:00Z"},
        {"valid_from": "yesterday"},
        {"valid_from": 5},
        {"valid_until": "9999-12-31T23:59:59-12:00"},
        {"code": "with space"},
        {"reason": " "},
        {"reason": "x" * 501},
        {"surplus": True},
    ],
    ids=str,
)
def test_an_offer_that_makes_no_sense(admin: Client, fields: dict[str, Any]) -> None:
    body = {
        "code": "NEVER",
        "name": "Never",
        "category": "tv",
        "price": "1.00",
        "duration_days": 1,
        **WHY,
        **fields,
    }
    assert admin.post("/admin/offers", body).status == 422
    assert admin.get("/admin/offers?search=NEVER").json()["data"] == []


def test_times_are_told_in_utc(admin: Client) -> None:
    offer = an_offer(admin, valid_from="2026-01-01T02:00:00+02:00")
    assert offer["valid_from"] == "2026-01-01T00:00:00Z"


def test_nothing_but_an_end_can_be_set_to_null(admin: Client) -> None:
    path = f"/admin/offers/{an_offer(admin)['id']}"
    assert admin.patch(path, {"price": None, **WHY}, If_Match="*").status == 422
    assert done(admin.patch(path, {"valid_until": None, **WHY}, If_Match="*"))["version"] == 1


def test_a_customer_from_registration_to_deactivation(admin: Client, api: Http) -> None:
    user = a_user(admin, locale="fr", time_zone="Europe/Paris")
    username, path = user["username"], f"/admin/users/{user['id']}"
    customer = sign_in(api, username, "a long passphrase")
    order = {"kind": "top_up", "amount": "50.00", **WHY}
    key = new_key()

    first, again = (admin.post(f"{path}/credits", order, Idempotency_Key=key) for _ in "12")

    assert created(first) == created(again)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert customer.balance() == "50.00"
    taken = {"kind": "adjustment", "amount": "-50.01", **WHY}
    assert refused(admin.post(f"{path}/credits", taken)) == (402, "insufficient_balance")
    other = {**order, "amount": "51.00"}
    assert refused(admin.post(f"{path}/credits", other, Idempotency_Key=key)) == (
        422,
        "idempotency_key_reused",
    )
    stale = admin.patch(path, {"active": False, **WHY}, If_Match='"7"')
    assert refused(stale) == (412, "precondition_failed")
    assert done(admin.patch(path, {"active": False, **WHY}))["active"] is False
    assert refused(customer.get("/auth/profile")) == (401, "unauthorized")
    login = Client(api).post("/auth/login", {"username": username, "password": "a long passphrase"})
    assert refused(login) == (401, "invalid_credentials")
    (listed,) = done(admin.get(f"/admin/users?username={username.upper()}&active=false"))["data"]
    assert (listed["balance"], listed["version"]) == ("50.00", 2)
    assert "password" not in json.dumps(listed)


def test_a_payment_is_credited_once_and_the_second_is_told_of_the_first(admin: Client) -> None:
    user, other = a_user(admin), a_user(admin)
    paid = {"kind": "top_up", "amount": "50.00", "external_reference": new_key(), **WHY}
    first = created(admin.post(f"/admin/users/{user['id']}/credits", paid))
    assert first["external_reference"] == paid["external_reference"]

    again = {**paid, "amount": "60.00", "external_reference": paid["external_reference"].upper()}
    answer = admin.post(f"/admin/users/{other['id']}/credits", again)

    assert refused(answer) == (409, "already_credited")
    owner = {"user_id": user["id"], "partner_id": None, "credited_by": "admin"}
    assert answer.json()["entry"] == {**first, **owner}
    for wrong in ("", " x", "x\n", "é", "x" * 101):
        answer = admin.post(
            f"/admin/users/{user['id']}/credits", {**paid, "external_reference": wrong}
        )
        assert refused(answer) == (422, "validation_failed")


def test_large_credits_and_money_to_oneself_wait_for_a_second_administrator(
    admin: Client, api: Http
) -> None:
    user, second = a_user(admin), a_user(admin, role="admin")
    me = done(admin.get("/auth/profile"))["id"]
    order = {"kind": "top_up", "amount": "10000.01", "external_reference": new_key(), **WHY}
    to_me = {**order, "amount": "0.01", "external_reference": new_key()}

    asked = [
        admin.post(f"/admin/users/{user['id']}/credits", order),
        admin.post(f"/admin/users/{me}/credits", to_me),
    ]

    assert [answer.status for answer in asked] == [202, 202]
    large, own = (answer.json() for answer in asked)
    assert (large["status"], large["requested_by"]) == ("pending", "admin")
    again = admin.post(f"/admin/users/{user['id']}/credits", order)
    assert refused(again) == (409, "already_requested")
    assert again.json()["credit"] == large
    path = f"/admin/credits/{large['id']}/approve"
    assert refused(admin.post(path, WHY)) == (403, "second_administrator_needed")
    other = sign_in(api, second["username"], "a long passphrase")
    waiting = done(other.get("/admin/credits?status=pending&limit=100"))["data"]
    assert {large["id"], own["id"]} <= {each["id"] for each in waiting}
    approved = done(other.post(path, WHY))
    assert (approved["status"], approved["decided_by"]) == ("approved", second["username"])
    assert done(other.post(f"/admin/credits/{own['id']}/reject", WHY))["status"] == "rejected"
    assert refused(other.post(path.replace("approve", "reject"), WHY)) == (
        409,
        "credit_request_settled",
    )
    (found,) = done(admin.get(f"/admin/users?username={user['username']}"))["data"]
    assert found["balance"] == "10000.01"
    unknown = "/admin/credits/01900000-0000-7000-8000-00000000ffff/approve"
    assert refused(other.post(unknown, WHY)) == (404, "credit_request_not_found")


def test_usernames_zones_and_passwords_are_checked(admin: Client) -> None:
    taken = {"username": "USER1", "password": "long enough", "email": "a@example.com", **WHY}
    assert refused(admin.post("/admin/users", taken)) == (409, "username_taken")
    for wrong in ({"time_zone": "Mars/Olympus"}, {"password": "short"}, {"email": "nowhere"}):
        body = {**taken, "username": "never", **wrong}
        assert refused(admin.post("/admin/users", body)) == (422, "validation_failed")


def test_administrators_keep_themselves(admin: Client) -> None:
    me = done(admin.get("/auth/profile"))["id"]
    answer = admin.patch(f"/admin/users/{me}", {"active": False, **WHY})
    assert refused(answer) == (409, "cannot_deactivate_self")


def test_a_deactivated_administrator_changes_nothing_more(admin: Client, api: Http) -> None:
    """Their sessions are over, access tokens included."""
    user = a_user(admin, role="admin")
    other = sign_in(api, user["username"], "a long passphrase")
    done(other.get("/admin/users?limit=1"))

    done(admin.patch(f"/admin/users/{user['id']}", {"active": False, **WHY}))

    assert refused(other.get("/admin/users?limit=1")) == (401, "unauthorized")
    assert refused(other.post("/admin/offers", {})) == (401, "unauthorized")


def test_a_flagged_transaction_is_explained_and_settled(
    admin: Client, customer: Client, offer: dict[str, Any], provisioning: Any, database: Any
) -> None:
    provisioning("timeout_before_effect")
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    path = f"/admin/transactions/{transaction_id}"
    wait_for(lambda: done(admin.get(path))["transaction"]["attempts"], 20)
    wait_for(lambda: done(admin.get(path))["transaction"]["lease_until"] is None, 20)
    database.execute(
        "UPDATE transactions SET attention_reason = 'test', status = 'PROCESSING',"
        " version = version + 1 WHERE id = %s",
        (transaction_id,),
    )
    flagged = done(admin.get("/admin/transactions?attention_required=true&limit=100"))["data"]
    assert transaction_id in [each["transaction_id"] for each in flagged]

    verdict = {"outcome": "not_activated", **WHY}
    settled = done(admin.post(f"{path}/resolve", verdict))

    assert (settled["status"], settled["attention_required"]) == ("FAILED", False)
    assert done(admin.post(f"{path}/resolve", verdict)) == settled
    opposite = admin.post(f"{path}/resolve", {**verdict, "outcome": "activated"})
    assert refused(opposite) == (409, "transaction_already_settled")
    assert customer.balance() == "500.00"
    story = done(admin.get(path))
    kinds = {event["kind"] for event in story["events"]}
    assert {"transaction", "ledger_entry", "notification", "audit"} <= kinds
    (found,) = done(admin.get(f"/admin/transactions?reference={settled['reference']}"))["data"]
    assert found == settled


def test_a_partner_from_contract_to_revocation(
    admin: Client, api: Http, customer: Client, offer: dict[str, Any]
) -> None:
    name = f"e2e-{uuid4().hex[:8]}"
    body = {"name": name, "contact_email": "ops@example.com", "credit_limit": "100.00", **WHY}
    hooks = f"{api.url}/_local/webhooks"
    partner = created(admin.post("/admin/partners", {**body, "webhook_url": hooks}))
    assert partner["webhook_secret"].startswith("whsec_")
    assert refused(admin.post("/admin/partners", body)) == (409, "partner_name_taken")
    path = f"/admin/partners/{partner['id']}"

    keys = [created(admin.post(f"{path}/keys", WHY)) for _ in "12"]

    assert refused(admin.post(f"{path}/keys", WHY)) == (409, "too_many_api_keys")
    user_id = done(customer.get("/auth/profile"))["id"]
    order = {"user_id": user_id, "offer_id": offer["id"], "amount": offer["price"]}
    as_partner = Client(api, {"x-api-key": keys[0]["api_key"]})
    accepted = as_partner.post("/partner/activate", order)
    assert accepted.status == 202
    story = f"/admin/transactions/{accepted.json()['transaction_id']}"

    def called() -> bool:
        events = done(admin.get(story))["events"]
        return "webhook_attempt" in {event["kind"] for event in events}

    wait_for(called, 20)
    revoke = f"/api/v1{path}/keys/{keys[0]['id']}?reason=rotated"
    for silent in (revoke.partition("?")[0], revoke.removesuffix("rotated"), revoke[:-7] + "%20"):
        answer = api("DELETE", silent, headers=admin.headers)
        assert refused(answer) == (422, "validation_failed")
    assert api("DELETE", revoke, headers=admin.headers).status == 204
    assert refused(as_partner.post("/partner/activate", order)) == (403, "invalid_api_key")
    unknown = api("DELETE", f"/api/v1{path}/keys/unknown?reason=x", headers=admin.headers)
    assert refused(unknown) == (404, "api_key_not_found")

    changed = done(
        admin.patch(
            path,
            {"usage_plan": "premium", "credit_limit": "200", "webhook_url": None, **WHY},
            If_Match='"1"',
        )
    )
    assert (changed["credit_limit"], changed["webhook"], changed["usage_plan"]) == (
        "200.00",
        None,
        "premium",
    )
    assert admin.patch(path, {"active": None, **WHY}).status == 422
    listed = done(admin.get("/admin/partners?limit=100"))["data"]
    assert [p["keys"] for p in listed if p["id"] == partner["id"]] == [
        [{name: keys[1][name] for name in ("id", "created_at")}]
    ]


def test_the_ledgers_proof_and_the_audit_log(admin: Client, api: Http) -> None:
    assert done(admin.get("/admin/ledger/verification"))["is_clean"] is True
    report = api("POST", "/_local/schedules/VerifyLedgerFunction").json()
    assert done(admin.get("/admin/ledger/verification")) == report

    offer = an_offer(admin)
    subject = f"offer:{offer['id']}"
    (event,) = done(admin.get(f"/admin/audit?subject={subject}&action=offer.created"))["data"]
    assert (event["reason"], event["after"]["price"]) == (WHY["reason"], "3.50")
    first = done(admin.get("/admin/audit?limit=1"))
    second = done(admin.get(f"/admin/audit?limit=1&cursor={first['next_cursor']}"))
    assert first["data"][0]["created_at"] >= second["data"][0]["created_at"]
    elsewhere = admin.get(f"/admin/users?limit=1&cursor={first['next_cursor']}")
    assert refused(elsewhere) == (400, "invalid_cursor")
