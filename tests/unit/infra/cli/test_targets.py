"""Which stack a command talks to."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from infra.cli.connection.functions import invoke_deployed
from infra.cli.connection.stack import StackTarget
from infra.cli.errors import Refused, Unreachable
from infra.cli.options import Destination

if TYPE_CHECKING:
    from collections.abc import Iterator

TEMPLATE = {
    "Resources": {
        "OutcomeQueue": {"Type": "AWS::SQS::Queue"},
        "OutcomeDeadLetterQueue": {"Type": "AWS::SQS::Queue"},
    },
    "Outputs": {
        "ApiUrl": {"Value": "https://api.example.com/dev"},
        "OutcomeQueueUrl": {"Value": {"Ref": "OutcomeQueue"}},
        "OutcomeDeadLetterQueueUrl": {"Value": {"Ref": "OutcomeDeadLetterQueue"}},
    },
}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        boto3.client("cloudformation", "eu-west-1").create_stack(
            StackName="offers-dev", TemplateBody=json.dumps(TEMPLATE)
        )
        yield


def test_a_deployed_stage_is_found_by_its_stacks_name(
    aws: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OFFERS_TOKEN", "token")
    target = Destination(None, "offers-dev", ".local").open()

    assert set(target.queues()) == {"outcome", "outcome_dead_letter"}
    assert target.api.url == "https://api.example.com/dev"
    assert target.api_with_key("key").sign_in() == {"x-api-key": "key"}
    assert not target.is_local
    dead = target.queues()["outcome_dead_letter"]
    assert target.sqs().get_queue_attributes(QueueUrl=dead, AttributeNames=["All"])["Attributes"]


def test_a_stack_that_is_not_there(aws: None) -> None:
    with pytest.raises(Unreachable, match="does not exist"):
        StackTarget("elsewhere").queues()
    with pytest.raises(Unreachable):
        StackTarget("offers-dev").invoke("MigrateFunction", {})


class FakeLambda:
    """Answers as Lambda does."""

    def __init__(self, payload: Any, **more: str) -> None:
        self.answer = {"Payload": io.BytesIO(json.dumps(payload).encode()), **more}
        self.invoked: dict[str, Any] = {}

    def invoke(self, **arguments: Any) -> dict[str, Any]:
        self.invoked = arguments
        return self.answer


def test_a_function_is_invoked_with_its_event() -> None:
    client = FakeLambda({"id": "1"})
    assert invoke_deployed(client, "create-admin", {"username": "ops"}) == {"id": "1"}
    assert client.invoked == {"FunctionName": "create-admin", "Payload": b'{"username": "ops"}'}


def test_a_function_that_fails_says_why() -> None:
    error = {"errorMessage": "Another user has this username.", "errorType": "UsernameTaken"}
    with pytest.raises(Refused, match="this username") as caught:
        invoke_deployed(FakeLambda(error, FunctionError="Unhandled"), "create-admin", {})
    assert caught.value.code == "UsernameTaken"
