"""A function with one route of each kind, to test what all functions share."""

from typing import Annotated, Any
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from offers.domain.changes import require_seen
from offers.domain.errors.administration import StaleVersion
from offers.domain.errors.ledger import InsufficientBalance
from offers.domain.errors.sessions import TooManyAttempts
from offers.domain.money import Money
from offers.entrypoints.http import rest
from offers.entrypoints.http.schemas.activation import From
from offers.entrypoints.http.schemas.catalogue import Search
from offers.entrypoints.http.schemas.fields import PlainText, RequestModel
from offers.ports.errors import StoreUnavailable

SECRET = "postgresql://user:hunter2@db/offers"


class ThingRequest(RequestModel):
    """A body with a field of each kind."""

    offer_id: Annotated[UUID, Field(strict=False)]
    count: Annotated[int, Field(ge=1, le=10)] = 1
    note: Annotated[PlainText, Field(max_length=20)] = ""


class OptionalRequest(RequestModel):
    """A body that may be left out."""

    note: PlainText | None = None


app = rest.app("sample")
received: dict[str, Any] = {}


@app.get("/api/v1/things/<thing_id>")
def get_thing(
    thing_id: UUID, wait: Annotated[int, Query(ge=0, le=20, alias="wait")] = 0
) -> rest.Answer:
    received.update(thing_id=thing_id, wait=wait)
    return rest.ok({"id": str(thing_id)}, etag=rest.entity_tag(3), retry_after_seconds=2)


@app.get("/api/v1/things")
def list_things(
    search: Search = "",
    created_from: From = None,
    expensive: bool | None = None,
    limit: rest.Limit = rest.DEFAULT_LIMIT,
    cursor: rest.Cursor = None,
) -> rest.Answer:
    received.update(search=search, created_from=created_from, expensive=expensive)
    request = rest.page_request(limit, cursor)
    received.update(request=request)
    is_last = request.after == ("café", "2")
    return rest.page([{"name": "café"}], None if is_last else ("café", "2"))


@app.post("/api/v1/things")
def create_thing(body: ThingRequest) -> rest.Answer:
    received.update(body=body, key=rest.idempotency_key(), caller=rest.caller())
    return rest.accepted({"ok": True}, location="/here", retry_after_seconds=1, is_replay=True)


@app.post("/api/v1/optional")
def optional_body(body: OptionalRequest | None = None) -> rest.Answer:
    received.update(body=body, source_ip=rest.source_ip())
    return rest.no_content()


@app.patch("/api/v1/things/<thing_id>")
def change_thing(thing_id: UUID) -> rest.Answer:
    require_seen(3, rest.seen_versions())
    return rest.created({"id": str(thing_id)}, location="/there", etag=rest.entity_tag(4))


@app.get("/api/v1/fail/<how>")
def fail(how: str) -> rest.Answer:
    raise {
        "rule": InsufficientBalance(Money(100, "EUR"), Money(2999, "EUR")),
        "wait": TooManyAttempts(30),
        "store": StoreUnavailable(),
        "stale": StaleVersion(),
        "bug": KeyError(SECRET),
        "token": ValueError(SECRET),
    }[how]


@app.get("/api/v1/unserializable")
def unserializable() -> rest.Answer:
    return rest.ok({"value": object()})


@app.get("/api/v1/away")
def away() -> rest.Answer:
    return rest.unavailable({"status": "degraded"}, retry_after_seconds=5)


@app.get("/api/v1/admin")
def admin_only() -> rest.Answer:
    rest.caller().require_admin()
    return rest.ok({})


handler = rest.handler(app)
