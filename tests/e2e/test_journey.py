"""The main job over HTTP: sign in, browse, activate, follow, and what refusals leave behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.e2e.client import TERMINAL, Client, new_key
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.local.http import Http


def mails_to(api: Http, client: Client) -> list[dict[str, Any]]:
    address = client.get("/auth/profile").json()["email"]
    mails = api("GET", "/_local/mailbox", headers={"Accept": "application/json"}).json()
    return [mail for mail in mails if address in mail["to"]]


def test_a_customer_activates_an_offer_and_is_told_by_email(
    api: Http, customer: Client, offer: dict[str, Any]
) -> None:
    accepted = customer.activate(offer["id"])
    assert accepted.status == 202
    assert accepted.json()["status"] == "PENDING"
    assert accepted.headers["Location"] == accepted.json()["status_url"]
    transaction_id = accepted.json()["transaction_id"]

    assert customer.settled(transaction_id)["status"] == "SUCCESS"
    assert Decimal(customer.balance()) == Decimal("500.00") - Decimal(offer["price"])
    (subscription,) = customer.get("/account/subscriptions?status=active").json()["data"]
    assert subscription["offer"]["id"] == offer["id"]
    assert subscription["transaction_id"] == transaction_id
    (transaction,) = customer.get("/account/transactions").json()["data"]
    assert (transaction["status"], transaction["amount"]) == ("SUCCESS", offer["price"])
    (mail,) = wait_for(lambda: mails_to(api, customer), 10)
    assert offer["name"] in mail["subject"]
    assert transaction["reference"] in mail["text"]
    assert "<html" in mail["html"]


def test_a_refused_activation_gives_the_money_back_and_says_so(
    api: Http, customer: Client, offer: dict[str, Any], provisioning: Callable[..., None]
) -> None:
    provisioning("reject", count=1)
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]

    settled = customer.settled(transaction_id)
    assert settled["status"] == "FAILED"
    assert settled["failure"]["code"]
    assert customer.balance() == "500.00"
    (subscription,) = customer.get("/account/subscriptions").json()["data"]
    assert subscription["status"] == "failed"
    (mail,) = wait_for(lambda: mails_to(api, customer), 10)
    assert offer["price"] in mail["text"]


def test_fifty_clicks_at_once_are_charged_once(
    api: Http, customer: Client, offer: dict[str, Any]
) -> None:
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: customer.activate(offer["id"]), range(50)))

    statuses = sorted(answer.status for answer in answers)
    assert statuses == [202] + [409] * 49
    assert {a.json()["code"] for a in answers if a.status == 409} == {"already_subscribed"}
    assert Decimal(customer.balance()) == Decimal("500.00") - Decimal(offer["price"])


def test_fifty_posts_with_one_key_are_one_purchase(customer: Client, offer: dict[str, Any]) -> None:
    key = new_key()
    with ThreadPoolExecutor(50) as pool:
        answers = list(
            pool.map(lambda _: customer.activate(offer["id"], Idempotency_Key=key), range(50))
        )

    accepted = [answer for answer in answers if answer.status == 202]
    assert {a.json()["code"] for a in answers if a.status != 202} <= {"idempotency_in_progress"}
    assert len({answer.json()["transaction_id"] for answer in accepted}) == 1
    firsts = [a for a in accepted if "Idempotent-Replayed" not in a.headers]
    assert len(firsts) == 1
    assert Decimal(customer.balance()) == Decimal("500.00") - Decimal(offer["price"])


def test_the_same_key_with_another_body_is_refused(customer: Client) -> None:
    first, second = customer.offers("sort=price")[:2]
    key = new_key()
    assert customer.activate(first["id"], Idempotency_Key=key).status == 202
    refused = customer.activate(second["id"], Idempotency_Key=key)
    assert (refused.status, refused.json()["code"]) == (422, "idempotency_key_reused")


def test_a_status_can_be_waited_for(customer: Client, offer: dict[str, Any]) -> None:
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    first = customer.get(f"/activation/status/{transaction_id}")
    later = customer.get(
        f"/activation/status/{transaction_id}?wait=20", If_None_Match=first.headers["ETag"]
    )
    if first.json()["status"] == "SUCCESS":
        assert later.status == 304
    else:
        assert later.json()["status"] != "PENDING"


def test_waiting_without_a_condition_is_waiting_for_the_end(
    customer: Client, offer: dict[str, Any]
) -> None:
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    answer = customer.get(f"/activation/status/{transaction_id}?wait=20")
    assert (answer.status, answer.json()["status"]) == (200, "SUCCESS")


def test_the_202_carries_the_tag_to_wait_on(
    customer: Client, offer: dict[str, Any], provisioning: Callable[..., None]
) -> None:
    provisioning("ok", latency_ms=1500)
    accepted = customer.activate(offer["id"])
    answer = customer.get(
        f"/activation/status/{accepted.json()['transaction_id']}?wait=20",
        If_None_Match=accepted.headers["ETag"],
    )
    assert (answer.status, answer.json()["status"]) == (200, "PROCESSING")


def test_a_third_wait_of_one_customer_is_answered_at_once(
    customer: Client, offer: dict[str, Any], provisioning: Callable[..., None]
) -> None:
    provisioning("ok", latency_ms=4000)
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    path = f"/activation/status/{transaction_id}?wait=20"
    with ThreadPoolExecutor(3) as pool:
        answers = [each.result() for each in [pool.submit(customer.get, path) for _ in range(3)]]
    statuses = sorted(answer.json()["status"] in TERMINAL for answer in answers)
    assert statuses == [False, True, True]
    (refused,) = [each for each in answers if each.json()["status"] not in TERMINAL]
    assert refused.headers["Retry-After"]


def test_an_outage_outside_is_waited_out(
    customer: Client, offer: dict[str, Any], provisioning: Callable[..., None]
) -> None:
    provisioning("unavailable", count=1)
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    assert customer.settled(transaction_id, seconds=30)["status"] == "SUCCESS"


def test_a_lost_answer_is_asked_for_again_and_not_paid_twice(
    api: Http, customer: Client, offer: dict[str, Any], provisioning: Callable[..., None]
) -> None:
    provisioning("timeout_after_effect", count=1)
    transaction_id = customer.activate(offer["id"]).json()["transaction_id"]
    assert customer.settled(transaction_id, seconds=45)["status"] == "SUCCESS"
    described = api("GET", "/_local/provisioning").json()
    (operation,) = [o for o in described["activations"] if o["operation_id"] == transaction_id]
    assert operation["calls"] >= 2
    assert Decimal(customer.balance()) == Decimal("500.00") - Decimal(offer["price"])


def test_a_subscription_is_cancelled_taken_back_and_renewed(
    customer: Client, offer: dict[str, Any]
) -> None:
    customer.settled(customer.activate(offer["id"]).json()["transaction_id"])
    (subscription,) = customer.get("/account/subscriptions").json()["data"]
    path = f"/account/subscriptions/{subscription['id']}"

    cancelled = customer.post(f"{path}/cancel").json()
    assert cancelled["status"] == "active"
    assert cancelled["cancelled_at"]
    taken_back = customer.patch(path, {"auto_renew": True}).json()
    assert (taken_back["auto_renew"], taken_back["cancelled_at"]) == (True, None)

    seen = {"subscription_id": subscription["id"], "expires_at": subscription["expires_at"]}
    renewal = customer.post("/offers/renew", seen)
    assert renewal.status == 202
    unnamed = {"offer_id": offer["id"]}
    assert customer.post("/offers/renew", unnamed).status == 409
    customer.settled(renewal.json()["transaction_id"])
    for again in (seen, unnamed):
        refused = customer.post("/offers/renew", again)
        assert (refused.status, refused.json()["code"]) == (409, "subscription_changed")
    (renewed,) = customer.get("/account/subscriptions").json()["data"]
    assert renewed["expires_at"] > subscription["expires_at"]
    assert Decimal(customer.balance()) == Decimal("500.00") - 2 * Decimal(offer["price"])
