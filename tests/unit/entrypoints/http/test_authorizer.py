from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from offers.domain.errors.sessions import InvalidToken
from offers.domain.ids import SessionId, UserId
from offers.domain.user import Role
from offers.entrypoints.http import authorizer
from offers.ports.outside.tokens import AccessClaims
from tests.unit.entrypoints.http import sample
from tests.unit.entrypoints.http.calling import (
    JSON_TYPE,
    SESSION_ID,
    USER_ID,
    FakeContext,
    an_event,
    call,
)

CLAIMS = AccessClaims(
    user_id=UserId(UUID(USER_ID)),
    role=Role.CUSTOMER,
    token_id="token-1",
    session_id=SessionId(UUID(SESSION_ID)),
    expires_at=datetime(2030, 1, 1, tzinfo=UTC),
)
METHOD = "arn:aws:execute-api:eu-west-1:000000000000:abc/dev/GET/api/v1/offers"


@pytest.mark.parametrize("header", ["Bearer a.b.c", "bearer a.b.c", "BEARER  a.b.c "])
def test_the_bearer_token_is_found(header: str) -> None:
    event = {"authorizationToken": header}
    assert authorizer.bearer(event, FakeContext()) == "a.b.c"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "event", [{}, {"authorizationToken": None}, {"authorizationToken": "Basic x"}]
)
def test_without_one_the_token_is_invalid(event: dict[str, str]) -> None:
    with pytest.raises(InvalidToken):
        authorizer.bearer(event, FakeContext())  # type: ignore[arg-type]


def test_a_cached_policy_allows_every_route_of_the_stage() -> None:
    policy = authorizer.allow({"methodArn": METHOD}, CLAIMS)
    (statement,) = policy["policyDocument"]["Statement"]
    assert statement["Resource"] == ["arn:aws:execute-api:eu-west-1:000000000000:abc/dev/*/*"]
    assert (statement["Effect"], policy["principalId"]) == ("Allow", USER_ID)


def test_handlers_read_what_the_authorizer_wrote() -> None:
    context = authorizer.allow({"methodArn": METHOD}, CLAIMS)["context"]
    assert all(isinstance(value, str) for value in context.values())
    body = '{"offer_id":"0193572c-0000-7000-8000-00000000000a"}'
    call(
        sample.handler,
        an_event("POST", "/api/v1/things", body=body, headers=JSON_TYPE, authorizer=context),
    )
    assert sample.received["caller"].claims == CLAIMS


def test_api_gateway_knows_a_refusal_by_its_message() -> None:
    assert str(authorizer.Unauthorized()) == "Unauthorized"
