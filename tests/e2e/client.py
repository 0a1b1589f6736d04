"""A customer's app, as the tests play it: plain HTTP against the laptop stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from tests.local.http import Answer, Http

BASE = "/api/v1"
PASSWORD = "password123"
TERMINAL = ("SUCCESS", "FAILED")


@dataclass(frozen=True)
class Client:
    """Calls the API with the headers that identify a caller."""

    http: Http
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self.http("GET", BASE + path, headers=self._with(headers))

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        return self.http("POST", BASE + path, body, self._with(headers))

    def patch(self, path: str, body: object, **headers: str) -> Answer:
        return self.http("PATCH", BASE + path, body, self._with(headers))

    def activate(self, offer_id: str, **headers: str) -> Answer:
        return self.post("/activation", {"offer_id": offer_id}, **headers)

    def settled(self, transaction_id: str, seconds: float = 20) -> dict[str, Any]:
        """The status document once it is terminal."""

        def look() -> dict[str, Any]:
            document: dict[str, Any] = self.get(f"/activation/status/{transaction_id}").json()
            return document if document["status"] in TERMINAL else {}

        return wait_for(look, seconds)

    def balance(self) -> str:
        return str(self.get("/account/balance").json()["balance"])

    def offers(self, query: str = "") -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.get(f"/offers?limit=100&{query}").json()["data"]
        return listed

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return self.headers | {name.replace("_", "-"): value for name, value in headers.items()}


def sign_in(http: Http, username: str, password: str = PASSWORD) -> Client:
    answer = Client(http).post("/auth/login", {"username": username, "password": password})
    assert answer.status == 200, answer.content
    return Client(http, {"Authorization": f"Bearer {answer.json()['access_token']}"})


def new_key() -> str:
    return str(uuid4())
