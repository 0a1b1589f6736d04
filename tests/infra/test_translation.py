"""What SAM makes of the template fits into one CloudFormation stack and hangs together."""

import copy
from typing import Any

import pytest
from samtranslator.translator.transform import transform

from tests.infra.template import template

LIMIT = 500
"""Resources in a CloudFormation stack; a function with a route is six, and a canary one more."""
AWS_POLICIES = {
    name: f"arn:aws:iam::aws:policy/service-role/{name}"
    for name in ("AWSLambdaBasicExecutionRole", "AWSLambdaVPCAccessExecutionRole")
}


class Policies:
    def load(self) -> dict[str, str]:
        return AWS_POLICIES


@pytest.fixture(params=["false", "true"], ids=["at-once", "canary"])
def stack(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    source = copy.deepcopy(template())
    for resource in source["Resources"].values():
        for name in {"CodeUri", "ContentUri"} & set(resource.get("Properties", {})):
            resource["Properties"][name] = "s3://bucket/key"
    translated = transform(source, {"CanaryDeployments": request.param}, Policies())
    resources: dict[str, Any] = translated["Resources"]
    return resources


def of_type(stack: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [r["Properties"] for r in stack.values() if r["Type"] == kind]


def test_leaves_room_in_the_stack(stack: dict[str, Any]) -> None:
    assert len(stack) < 0.95 * LIMIT


def test_every_caller_goes_through_the_alias(stack: dict[str, Any]) -> None:
    permissions = of_type(stack, "AWS::Lambda::Permission")
    mappings = of_type(stack, "AWS::Lambda::EventSourceMapping")
    schedules = [s["Target"] for s in of_type(stack, "AWS::Scheduler::Schedule")]
    named = [str(caller["FunctionName"]) for caller in permissions + mappings]
    named += [str(schedule["Arn"]) for schedule in schedules]

    assert permissions
    assert [name for name in named if "Aliaslive" not in name and ":live" not in name] == []


def test_a_function_outside_the_vpc_gets_no_part_in_it(stack: dict[str, Any]) -> None:
    outside = stack["DeliverNotificationsFunctionRole"]["Properties"]["ManagedPolicyArns"]
    inside = stack["RecordOutcomesFunctionRole"]["Properties"]["ManagedPolicyArns"]

    assert AWS_POLICIES["AWSLambdaVPCAccessExecutionRole"] not in outside
    assert AWS_POLICIES["AWSLambdaVPCAccessExecutionRole"] in inside
