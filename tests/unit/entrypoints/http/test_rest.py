from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from offers.domain.user import Role
from offers.entrypoints.http import bodies
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import (
    AUTHORIZER,
    JSON_TYPE,
    SESSION_ID,
    USER_ID,
    Reply,
    an_event,
    call,
)

THING = "0193572c-0000-7000-8000-00000000000a"
THING_PATH = f"/api/v1/things/{THING}"


def get(path: str, **parts: object) -> Reply:
    return call(sample.handler, an_event("GET", path, **parts))  # type: ignore[arg-type]


def post(body: str | None, path: str = "/api/v1/things", **headers: str) -> Reply:
    event = an_event("POST", path, body=body, headers={**JSON_TYPE, **headers})
    return call(sample.handler, event)


@pytest.mark.parametrize("slash", ["", "/"])
def test_trailing_slash_means_the_same(slash: str) -> None:
    reply = get(THING_PATH + slash)
    assert (reply.status, reply.json()) == (200, {"id": THING})


def test_answers_carry_the_request_id_and_are_not_stored() -> None:
    reply = get(THING_PATH)
    assert reply.headers["X-Request-Id"] == "request-1"
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Retry-After"] == "2"
    assert reply.headers["Content-Type"] == "application/json"


def test_known_representation_is_not_sent_again() -> None:
    reply = get(THING_PATH, headers={"if-none-match": 'W/"3"'})
    assert (reply.status, reply.body, reply.headers["ETag"]) == (304, None, '"3"')


def test_arguments_arrive_converted() -> None:
    get(THING_PATH, query={"wait": "7"})
    assert (sample.received["thing_id"], sample.received["wait"]) == (UUID(THING), 7)


def test_times_are_read_in_any_zone() -> None:
    get("/api/v1/things", query={"from": "2026-03-01T09:30:00+01:00"})
    assert sample.received["created_from"] == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("2026-01-01T00:00:00+16:00", datetime(2025, 12, 31, 8, tzinfo=UTC)),
        ("2026-01-01t00:00:00.1234567z", datetime(2026, 1, 1, microsecond=123456, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_time_is_turned_into_what_the_database_can_hold(text: str, inside: datetime) -> None:
    assert get("/api/v1/things", query={"from": text}).status == 200
    received = sample.received["created_from"]
    assert (received, received.tzinfo) == (inside, UTC)


@pytest.mark.parametrize("values", [["10", "20"], ["10", "10"]])
def test_a_query_parameter_given_twice_is_refused(values: list[str]) -> None:
    event = an_event("GET", "/api/v1/things", query={"limit": values[-1]})
    event["multiValueQueryStringParameters"] = {"limit": values}
    reply = call(sample.handler, event)
    assert reply.status == 422
    assert reply.json()["errors"][0]["code"] == "repeated_parameter"


@pytest.mark.parametrize(("text", "inside"), [("true", True), ("false", False)])
def test_a_boolean_is_written_as_in_json(text: str, inside: object) -> None:
    get("/api/v1/things", query={"expensive": text})
    assert sample.received["expensive"] is inside


@pytest.mark.parametrize(
    ("path", "query", "location"),
    [
        ("/api/v1/things/nonsense", {}, "path.thing_id"),
        (THING_PATH, {"wait": "21"}, "query.wait"),
        (THING_PATH, {"wait": "-1"}, "query.wait"),
        (THING_PATH, {"wait": "9" * 5000}, "query.wait"),
        ("/api/v1/things", {"limit": "0"}, "query.limit"),
        ("/api/v1/things", {"limit": "101"}, "query.limit"),
        ("/api/v1/things", {"limit": "1.5"}, "query.limit"),
        ("/api/v1/things", {"limit": "1_0"}, "query.limit"),
        ("/api/v1/things", {"limit": "+10"}, "query.limit"),
        ("/api/v1/things", {"limit": " 10"}, "query.limit"),
        ("/api/v1/things", {"limit": "10\n"}, "query.limit"),
        ("/api/v1/things", {"limit": "\uff11\uff10"}, "query.limit"),
        ("/api/v1/things", {"limit": "1e1"}, "query.limit"),
        ("/api/v1/things", {"limit": ""}, "query.limit"),
        ("/api/v1/things", {"expensive": "on"}, "query.expensive"),
        ("/api/v1/things", {"expensive": "1"}, "query.expensive"),
        ("/api/v1/things", {"expensive": "True"}, "query.expensive"),
        ("/api/v1/things", {"catgory": "tv"}, "query.catgory"),
        (THING_PATH, {"limit": "10"}, "query.limit"),
        ("/api/v1/things", {"cursor": ""}, "query.cursor"),
        ("/api/v1/things", {"from": "1700000000"}, "query.from"),
        ("/api/v1/things", {"from": "2026-03-01"}, "query.from"),
        ("/api/v1/things", {"from": "2026-03-01T09:30:00"}, "query.from"),
        ("/api/v1/things", {"from": "2026-02-30T09:30:00Z"}, "query.from"),
        ("/api/v1/things", {"from": "2026-03-01T09:30Z"}, "query.from"),
        ("/api/v1/things", {"from": "2026-03-01T09:30:00 01:00"}, "query.from"),
        ("/api/v1/things", {"from": "2026-03-01T09:30:00+24:00"}, "query.from"),
        ("/api/v1/things", {"from": "2016-12-31T23:59:60Z"}, "query.from"),
        ("/api/v1/things", {"from": "٢٠٢٦-03-01T09:30:00Z"}, "query.from"),
        ("/api/v1/things", {"from": "0001-01-01T00:00:00+00:01"}, "query.from"),
        ("/api/v1/things", {"from": "9999-12-31T23:59:59-00:01"}, "query.from"),
        ("/api/v1/things", {"search": "a\x00b"}, "query.search"),
        ("/api/v1/things", {"search": "\ud800"}, "query.search"),
        ("/api/v1/things", {"search": "x" * 101}, "query.search"),
    ],
)
def test_bad_parameters_are_named(path: str, query: dict[str, str], location: str) -> None:
    reply = get(path, query=query)
    assert reply.status == 422
    assert [error["location"] for error in reply.json()["errors"]] == [location]


@pytest.mark.parametrize(
    ("body", "location", "code"),
    [
        ("{}", "body.offer_id", "missing"),
        (f'{{"offer_id":"{THING}","more":1}}', "body.more", "extra_forbidden"),
        ('{"offer_id":7}', "body.offer_id", "uuid_type"),
        ('{"offer_id":"x\\u0000"}', "body.offer_id", "uuid_parsing"),
        (f'{{"offer_id":"{THING}","count":-1}}', "body.count", "greater_than_equal"),
        (f'{{"offer_id":"{THING}","count":1{"0" * 60}}}', "body.count", "less_than_equal"),
        (f'{{"offer_id":"{THING}","count":"1"}}', "body.count", "int_type"),
        (f'{{"offer_id":"{THING}","note":"a\\u0000b"}}', "body.note", "control_characters"),
        ("[]", "body", "object_type"),
        ("null", "body", "object_type"),
        ('"text"', "body", "object_type"),
        (None, "body", "missing"),
        ("", "body", "missing"),
    ],
)
def test_bad_fields_are_named(body: str | None, location: str, code: str) -> None:
    reply = post(body)
    assert (reply.status, reply.json()["code"]) == (422, "validation_failed")
    error = reply.json()["errors"][0]
    assert (error["location"], error["code"]) == (location, code)
    assert error["message"]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "{'a':1}",
        '{"a":NaN}',
        '{"a":1e400}',
        f'{{"offer_id":"{THING}","count":1,"count":2}}',
        '{"a":"\\ud800"}',
        "\ud800",
        "[" * 100_00,
        '{"a":' + "9" * 9999,
    ],
)
def test_malformed_json_is_told_as_such(body: str) -> None:
    reply = post(body)
    assert (reply.status, reply.json()["code"]) == (400, "malformed_json")


def test_a_thousand_unknown_fields_give_a_short_answer() -> None:
    reply = post(json.dumps({f"{'x' * 50}{n}": n for n in range(1000)}))
    assert len(reply.json()["errors"]) == 20


def test_large_bodies_are_refused_unread() -> None:
    reply = post('{"note":"' + "x" * 1_000_000 + '"}')
    assert (reply.status, reply.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize(
    ("length", "status"), [(bodies.MAX_BODY_BYTES, 400), (bodies.MAX_BODY_BYTES + 1, 413)]
)
def test_the_limit_counts_bytes_not_characters(length: int, status: int) -> None:
    assert post("é" * (length // 2) + "x" * (length % 2)).status == status


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json; charset=utf-8", 202),
        ("application/merge-patch+json", 202),
        ("APPLICATION/JSON", 202),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
    ],
)
def test_only_json_is_read(content_type: str, status: int) -> None:
    event = an_event("POST", "/api/v1/things", body=f'{{"offer_id":"{THING}"}}')
    event["headers"] = {"content-type": content_type}
    assert call(sample.handler, event).status == status


def test_a_body_without_a_type_is_taken_for_json() -> None:
    event = an_event("POST", "/api/v1/things", body=f'{{"offer_id":"{THING}"}}')
    assert call(sample.handler, event).status == 202


@pytest.mark.parametrize(
    ("raw", "status"), [(f'{{"offer_id":"{THING}"}}'.encode(), 202), (b'{"a":"\xff"}', 400)]
)
def test_base64_bodies_must_hold_utf8(raw: bytes, status: int) -> None:
    event = an_event("POST", "/api/v1/things", body=base64.b64encode(raw).decode())
    event["isBase64Encoded"] = True
    assert call(sample.handler, event).status == status


def test_large_base64_bodies_are_refused() -> None:
    event = an_event("POST", "/api/v1/things", body="A" * 100_000)
    event["isBase64Encoded"] = True
    assert call(sample.handler, event).status == 413


def test_an_accepted_answer_says_where_and_when_to_look_and_that_it_is_a_replay() -> None:
    reply = post(f'{{"offer_id":"{THING}","count":2}}')
    assert reply.status == 202
    assert reply.headers["Location"] == "/dev/here"
    assert reply.headers["Retry-After"] == "1"
    assert reply.headers["Idempotent-Replayed"] == "true"


def test_the_caller_is_whom_the_authorizer_let_in() -> None:
    post(f'{{"offer_id":"{THING}"}}')
    caller = sample.received["caller"]
    assert (str(caller.user_id), caller.role) == (USER_ID, Role.CUSTOMER)
    assert (caller.claims.token_id, str(caller.claims.session_id)) == ("token-1", SESSION_ID)


@pytest.mark.parametrize(
    "authorizer", [None, {}, {**AUTHORIZER, "sub": "x"}, {**AUTHORIZER, "role": "root"}]
)
def test_without_an_authorized_caller_it_is_401(authorizer: dict[str, str] | None) -> None:
    event = an_event(
        "POST",
        "/api/v1/things",
        body=f'{{"offer_id":"{THING}"}}',
        headers=JSON_TYPE,
        authorizer=authorizer,
    )
    reply = call(sample.handler, event)
    assert (reply.status, reply.headers["WWW-Authenticate"]) == (401, "Bearer")


@pytest.mark.parametrize(("role", "status"), [("customer", 403), ("admin", 200)])
def test_admin_routes_are_for_admins(role: str, status: int) -> None:
    assert get("/api/v1/admin", authorizer={**AUTHORIZER, "role": role}).status == status


@pytest.mark.parametrize("body", [None, "{}", '{"note":"x"}'])
def test_an_optional_body_may_be_left_out(body: str | None) -> None:
    reply = post(body, "/api/v1/optional")
    assert (reply.status, reply.body) == (204, None)
    assert sample.received["source_ip"] == "192.0.2.7"


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (None, 201),
        ('"3"', 201),
        ('"2", "3"', 201),
        ("*", 201),
        ('"2"', 412),
        ('W/"3"', 412),
        ('"03"', 412),
        ("3", 412),
    ],
)
def test_a_stale_version_is_not_changed(condition: str | None, status: int) -> None:
    headers = {"If-Match": condition} if condition else {}
    reply = call(sample.handler, an_event("PATCH", THING_PATH, headers=headers))
    assert reply.status == status


def test_an_unavailable_part_says_when_to_ask_again() -> None:
    reply = get("/api/v1/away")
    assert (reply.status, reply.headers["Retry-After"]) == (503, "5")
    assert reply.json() == {"status": "degraded"}


def test_a_new_thing_has_an_address_and_a_tag() -> None:
    reply = call(sample.handler, an_event("PATCH", THING_PATH))
    assert (reply.headers["Location"], reply.headers["ETag"]) == ("/dev/there", '"4"')


@pytest.mark.parametrize(
    ("seen", "written", "location"),
    [
        ("", "/prod", "/prod/there"),  # API Gateway's own address, with the stage
        ("", "", "/there"),  # a domain
        ("/shop", "/shop", "/shop/there"),  # a domain with a base path, which the event's path has
    ],
)
@pytest.mark.parametrize("slash", ["", "/"])
def test_what_stands_before_the_route_is_known(
    seen: str, written: str, location: str, slash: str
) -> None:
    event = an_event("PATCH", THING_PATH)
    event["resource"] = "/api/v1/things/{thing_id}"
    event["path"] = seen + THING_PATH + slash
    event["requestContext"]["path"] = written + THING_PATH + slash

    reply = call(sample.handler, event)

    assert (reply.status, reply.headers["Location"]) == (201, location)


def test_unknown_routes_and_methods_are_404() -> None:
    assert get("/api/v1/nowhere").json()["code"] == "route_not_found"
    assert call(sample.handler, an_event("DELETE", THING_PATH)).status == 404
