"""The gateway answers as API Gateway would for the template's routes, authorizers and key rules."""

from __future__ import annotations

import http.client
import json
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import boto3
import pytest

from infra.local.aws_resources import AwsClients
from infra.local.seed.people import PARTNER_API_KEY

if TYPE_CHECKING:
    from infra.local.stack import LaptopStack
    from tests.local.http import Http

pytestmark = pytest.mark.integration

GOOD = {"Authorization": "Bearer good"}


def test_route_passes_path_and_query_on(http: Http) -> None:
    event = http("GET", "/echo/a%20b?x=1&x=2&empty=", headers=GOOD).json()["event"]
    assert event["resource"] == "/echo/{id}"
    assert event["pathParameters"] == {"id": "a b"}
    assert event["multiValueQueryStringParameters"] == {"x": ["1", "2"], "empty": [""]}
    assert event["requestContext"]["identity"]["sourceIp"] == "127.0.0.1"


def test_static_path_wins_over_a_parameter(http: Http) -> None:
    assert http("GET", "/echo/static", headers=GOOD).json()["event"]["resource"] == "/echo/static"


def test_trailing_slash_means_the_same(http: Http) -> None:
    assert http("GET", "/open/").status == 200
    assert http("GET", "/echo/7/", headers=GOOD).json()["event"]["pathParameters"] == {"id": "7"}


def test_every_request_has_its_own_id(http: Http) -> None:
    ids = {http("GET", "/open").json()["event"]["requestContext"]["requestId"] for _ in range(3)}
    assert len(ids) == 3


def test_a_header_sent_twice_is_handed_on_as_api_gateway_does(stack: LaptopStack) -> None:
    connection = http.client.HTTPConnection(urlsplit(stack.url).netloc)
    connection.putrequest("GET", "/open")
    for name, value in [("X-Twice", "one"), ("x-twice", "two"), ("Accept", "text/html")]:
        connection.putheader(name, value)
    connection.endheaders()
    event = json.loads(connection.getresponse().read())["event"]
    connection.close()
    assert event["headers"]["X-Twice"] == "two"
    assert event["multiValueHeaders"]["X-Twice"] == ["one", "two"]
    assert event["multiValueHeaders"]["Accept"] == ["text/html"]


def test_header_with_several_values_arrives_with_all(http: Http) -> None:
    assert http("GET", "/open").headers.get_all("X-Twice") == ["one", "two"]


def test_binary_answer_is_decoded(http: Http) -> None:
    answer = http("GET", "/open?image=1", headers={"Accept": "image/png"})
    assert (answer.headers["Content-Type"], answer.content) == ("image/png", b"\x89PNG")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nope"), ("GET", "/echo//1"), ("DELETE", "/open")]
)
def test_unknown_route_is_worded_by_the_template(http: Http, method: str, path: str) -> None:
    answer = http(method, path)
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "code": "not_found",
        "instance": path,
        "request_id": answer.headers["X-Request-Id"],
    }


def test_head_is_not_a_route(http: Http) -> None:
    assert http("HEAD", "/open").status == 404


def test_body_that_is_no_text_is_refused(http: Http) -> None:
    answer = http("POST", "/echo", b"\xff\xfe", GOOD)
    assert (answer.status, answer.json()["code"]) == (400, "bad_request")


def test_huge_body_is_refused_before_the_function(http: Http) -> None:
    answer = http("POST", "/echo", b"x" * (10 * 1024 * 1024 + 1), GOOD)
    assert answer.status == 413


def test_function_that_fails_is_a_bad_gateway(http: Http) -> None:
    for wish in ("raise", "malformed", "unmarshallable", "crash"):
        assert http("POST", "/misbehave", {"do": wish}).status == 502


class TestAuthorizer:
    def test_allowed_caller_reaches_the_function_with_its_context(self, http: Http) -> None:
        event = http("GET", "/echo/1", headers=GOOD).json()["event"]
        authorizer = event["requestContext"]["authorizer"]
        assert authorizer["sub"] == authorizer["principalId"] == "good"
        assert authorizer["admin"] == "false"

    @pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic x"}])
    def test_token_missing_or_malformed_is_401_without_asking(
        self, http: Http, headers: dict[str, str]
    ) -> None:
        answer = http("GET", "/echo/1", headers=headers)
        assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")

    @pytest.mark.parametrize(("token", "status"), [("bad", 403), ("unknown", 401), ("broken", 500)])
    def test_refusals(self, http: Http, token: str, status: int) -> None:
        answer = http("GET", "/echo/1", headers={"Authorization": f"Bearer {token}"})
        assert answer.status == status

    def test_answer_is_cached_for_the_templates_seconds(self, http: Http) -> None:
        def calls() -> str:
            event = http("GET", "/echo/1", headers=GOOD).json()["event"]
            return str(event["requestContext"]["authorizer"]["calls"])

        time.sleep(2.1)  # an entry of another test
        first = calls()
        assert calls() == first
        time.sleep(2.1)  # ReauthorizeEvery is 2 seconds
        assert calls() != first


class TestApiKeys:
    def test_seeded_key_is_passed_on_with_its_id(self, http: Http) -> None:
        answer = http("GET", "/partner", headers={"x-api-key": PARTNER_API_KEY})
        identity = answer.json()["event"]["requestContext"]["identity"]
        assert identity["apiKey"] == PARTNER_API_KEY
        assert identity["apiKeyId"]

    @pytest.mark.parametrize("headers", [{}, {"x-api-key": "guessed-0123456789abcdef"}])
    def test_missing_or_unknown_key_is_403(self, http: Http, headers: dict[str, str]) -> None:
        assert http("GET", "/partner", headers=headers).status == 403

    def test_key_that_is_disabled_or_without_plan_is_403(
        self, http: Http, stack: LaptopStack
    ) -> None:
        apigateway = AwsClients(stack.addresses.aws).client("apigateway")
        value = "unplanned-0123456789abcdef"
        key = apigateway.create_api_key(name="unplanned", value=value, enabled=True)
        assert http("GET", "/partner", headers={"x-api-key": value}).status == 403
        plan = apigateway.get_usage_plans()["items"][0]["id"]
        apigateway.create_usage_plan_key(usagePlanId=plan, keyId=key["id"], keyType="API_KEY")
        assert http("GET", "/partner", headers={"x-api-key": value}).status == 200
        apigateway.delete_api_key(apiKey=key["id"])
        assert http("GET", "/partner", headers={"x-api-key": value}).status == 403

    def test_caller_beyond_its_plans_rate_is_throttled(
        self, http: Http, stack: LaptopStack
    ) -> None:
        apigateway = AwsClients(stack.addresses.aws).client("apigateway")
        slow = apigateway.create_usage_plan(
            name="slow", throttle={"rateLimit": 0.01, "burstLimit": 2}
        )
        value = "slow-0123456789abcdef-slow"
        key = apigateway.create_api_key(name="slow", value=value, enabled=True)
        apigateway.create_usage_plan_key(usagePlanId=slow["id"], keyId=key["id"], keyType="API_KEY")
        answers = [http("GET", "/partner", headers={"x-api-key": value}) for _ in range(3)]
        assert [answer.status for answer in answers] == [200, 200, 429]
        assert answers[-1].headers["Retry-After"] == "1"


def test_boto3_is_told_of_the_stand_in_by_the_functions_environment(
    http: Http, stack: LaptopStack
) -> None:
    environment = http("GET", "/open").json()["environment"]
    sqs = boto3.client(
        "sqs",
        endpoint_url=environment["AWS_ENDPOINT_URL"],
        region_name=environment["AWS_REGION"],
        aws_access_key_id=environment["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=environment["AWS_SECRET_ACCESS_KEY"],
    )
    attributes = sqs.get_queue_attributes(
        QueueUrl=environment["ORDER_QUEUE_URL"], AttributeNames=["VisibilityTimeout"]
    )
    assert attributes["Attributes"] == {"VisibilityTimeout": "1"}
