"""Who may call what: every route of the OpenAPI document by every kind of caller.

Generated, so that a new route is covered the day it is added: by its security scheme, its tag, and
whose thing its path names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from offers.entrypoints.pages import openapi_document
from tests.e2e.client import Client, new_key, sign_in
from tests.e2e.newcomer import add_customer
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from infra.local.stack import LaptopStack
    from tests.local.http import Answer, Http

pytestmark = pytest.mark.e2e

SIGNED_IN = ("customer", "other_customer", "admin")
KEY_HOLDERS = ("partner", "other_partner")
CALLERS = ("none", *SIGNED_IN, *KEY_HOLDERS, "revoked_key")
PUBLIC = frozenset({"offer_id"})
"""Path parameters that name what everybody may see."""
OWNERS = {
    "subscription_id": "customer",
    "transaction_id": "customer",
    "reference": "partner",
    "delivery_id": "partner",
}


@dataclass(frozen=True)
class Operation:
    """One method of one path, as the document describes it."""

    method: str
    path: str
    scheme: str | None
    tag: str
    name: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(p.partition("}")[0] for p in self.path.split("{")[1:])

    def expected(self, caller: str) -> tuple[int, str] | None:
        """The refusal (status and code), or None if the caller passes."""
        if self.scheme is None:
            return None
        if self.scheme == "apiKey":
            return None if caller in KEY_HOLDERS else (403, "invalid_api_key")
        if caller not in SIGNED_IN:
            return (401, "unauthorized")
        if self.tag == "admin" and caller != "admin":
            return (403, "forbidden")
        return None


def operations() -> list[Operation]:
    paths: dict[str, dict[str, Any]] = json.loads(openapi_document.read())["paths"]
    return [
        Operation(
            method.upper(),
            path,
            next((name for scheme in described["security"] for name in scheme), None),
            described["tags"][0],
            described["operationId"],
        )
        for path, methods in paths.items()
        for method, described in methods.items()
    ]


OPERATIONS = operations()
OWNED = [each for each in OPERATIONS if each.tag != "admin" and each.parameters - PUBLIC]


@dataclass(frozen=True)
class Callers:
    """Each caller's headers, and what belongs to the customer and the partner."""

    http: Http
    headers: dict[str, dict[str, str]]
    things: dict[str, str]

    def call(self, operation: Operation, caller: str) -> Answer:
        """Without the fields a body needs, so that whoever may pass changes nothing."""
        path = operation.path.format(**{name: self.thing(name) for name in operation.parameters})
        body: dict[str, Any] | None = {} if operation.method in {"POST", "PATCH", "PUT"} else None
        headers = self.headers[caller]
        if operation.name == "logout":  # ends the session that it is called with
            headers = {**headers, **self._new_session(caller)}
        return self.http(operation.method, path, body, headers)

    def thing(self, parameter: str) -> str:
        return self.things.get(parameter) or str(uuid4())

    def _new_session(self, caller: str) -> dict[str, str]:
        username = self.things.get(f"username of {caller}")
        return sign_in(self.http, username).headers if username else {}


@pytest.fixture(scope="module")
def callers(laptop_stack: LaptopStack, api: Http) -> Callers:
    import psycopg2

    from infra.local.seed.people import PARTNER_API_KEY

    connection = psycopg2.connect(laptop_stack.addresses.postgres)
    connection.autocommit = True
    usernames = {name: add_customer(connection.cursor()) for name in SIGNED_IN[:2]}
    connection.close()
    admin = sign_in(api, "admin")
    other = _a_partner(admin)
    headers = {
        "none": {},
        "admin": admin.headers,
        "partner": {"x-api-key": PARTNER_API_KEY},
        "other_partner": {"x-api-key": _a_key(admin, other)["api_key"]},
        "revoked_key": {"x-api-key": _a_revoked_key(admin, other)},
        **{name: sign_in(api, username).headers for name, username in usernames.items()},
    }
    usernames["admin"] = "admin"
    things = {f"username of {name}": username for name, username in usernames.items()}
    return Callers(api, headers, things | _owned(Client(api, headers["customer"]), headers))


def _a_partner(admin: Client) -> str:
    body = {"name": f"other-{uuid4().hex[:8]}", "contact_email": "a@example.com", "reason": "test"}
    answer = admin.post("/admin/partners", body)
    assert answer.status == 201, answer.content
    return str(answer.json()["id"])


def _a_key(admin: Client, partner_id: str) -> dict[str, str]:
    answer = admin.post(f"/admin/partners/{partner_id}/keys", {"reason": "test"})
    assert answer.status == 201, answer.content
    key: dict[str, str] = answer.json()
    return key


def _a_revoked_key(admin: Client, partner_id: str) -> str:
    key = _a_key(admin, partner_id)
    path = f"/api/v1/admin/partners/{partner_id}/keys/{key['id']}?reason=test"
    assert admin.http("DELETE", path, headers=admin.headers).status == 204
    return key["api_key"]


def _owned(customer: Client, headers: dict[str, dict[str, str]]) -> dict[str, str]:
    """One thing of each kind that has an owner."""
    first, second = customer.offers("sort=price")[:2]
    transaction_id = customer.activate(first["id"], Idempotency_Key=new_key()).json()[
        "transaction_id"
    ]
    customer.settled(transaction_id)
    subscription = customer.get("/account/subscriptions").json()["data"][0]
    partner = Client(customer.http, headers["partner"])
    order = {
        "user_id": customer.get("/auth/profile").json()["id"],
        "offer_id": second["id"],
        "amount": second["price"],
    }
    accepted = partner.post("/partner/activate", order).json()

    def delivery() -> dict[str, Any] | None:
        listed = partner.get("/partner/webhooks/deliveries").json()["data"]
        mine = [d for d in listed if d["transaction_id"] == accepted["transaction_id"]]
        return mine[0] if mine else None

    found = wait_for(delivery, 20)
    assert found is not None
    return {
        "transaction_id": transaction_id,
        "subscription_id": subscription["id"],
        "reference": accepted["reference"],
        "delivery_id": found["id"],
        "offer_id": first["id"],
    }


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_everybody_gets_as_far_as_they_may(
    callers: Callers, operation: Operation, caller: str
) -> None:
    answer = callers.call(operation, caller)

    refusal = operation.expected(caller)
    if refusal is None:
        assert answer.status not in {401, 403}, answer.content
        assert answer.status < 500, answer.content
    else:
        assert (answer.status, answer.json()["code"]) == refusal


def test_every_parameter_has_an_owner_or_is_public() -> None:
    """A new one must be given to somebody above, or strangers' access to it stays untested."""
    named = frozenset[str]().union(*(operation.parameters for operation in OWNED))
    assert named <= OWNERS.keys() | PUBLIC


@pytest.mark.parametrize("operation", OWNED, ids=str)
def test_only_its_owner_finds_a_thing(callers: Callers, operation: Operation) -> None:
    (parameter,) = operation.parameters - PUBLIC
    owner = OWNERS[parameter]
    strangers = [*(set(SIGNED_IN) if owner == "customer" else set(KEY_HOLDERS)) - {owner}]

    for stranger in strangers:
        answer = callers.call(operation, stranger)
        assert answer.status in {404, 422}, (stranger, answer.content)
        assert callers.thing(parameter) not in _without_path(answer, parameter)
    assert callers.call(operation, owner).status != 404


def _without_path(answer: Answer, parameter: str) -> str:
    """What the answer tells, but for what the caller said: the path and the reference."""
    document = answer.json()
    document.pop("instance", None)
    document.pop(parameter, None)
    return json.dumps(document)
