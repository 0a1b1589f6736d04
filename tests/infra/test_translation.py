"""What SAM makes of the template fits into one CloudFormation stack and hangs together."""

from typing import Any

import pytest

from infra.deploy.transformed import transformed
from tests.infra.template import functions, template

LIMIT = 500
"""Resources in a CloudFormation stack; a function with a route is four, and a canary one more."""
NOWHERE = {"Ref": "AWS::NoValue"}


def translated(**parameters: str) -> dict[str, Any]:
    """The resources that SAM makes of the template."""
    at_once = {"CanaryDeployments": "false", **parameters}
    resources: dict[str, Any] = transformed(**at_once)["Resources"]
    return resources


@pytest.fixture(autouse=True)
def region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


@pytest.fixture(params=["false", "true"], ids=["at-once", "canary"])
def stack(request: pytest.FixtureRequest) -> dict[str, Any]:
    return translated(CanaryDeployments=request.param)


def of_type(stack: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [r["Properties"] for r in stack.values() if r["Type"] == kind]


def test_leaves_room_in_the_stack(stack: dict[str, Any]) -> None:
    assert len(stack) < 0.75 * LIMIT


def test_every_caller_goes_through_the_alias(stack: dict[str, Any]) -> None:
    permissions = of_type(stack, "AWS::Lambda::Permission")
    mappings = of_type(stack, "AWS::Lambda::EventSourceMapping")
    schedules = [s["Target"] for s in of_type(stack, "AWS::Scheduler::Schedule")]
    named = [str(caller["FunctionName"]) for caller in permissions + mappings]
    named += [str(schedule["Arn"]) for schedule in schedules]

    assert permissions
    assert [name for name in named if "Aliaslive" not in name and ":live" not in name] == []


def test_sam_makes_no_role_and_attaches_no_policy(stack: dict[str, Any]) -> None:
    written = {name for name, each in template()["Resources"].items() if "IAM" in each["Type"]}

    assert {name for name, each in stack.items() if "IAM" in each["Type"]} == written


def versions(stack: dict[str, Any]) -> set[str]:
    return {name for name, each in stack.items() if each["Type"] == "AWS::Lambda::Version"}


def test_every_release_makes_every_version_new() -> None:
    """Whatever else has changed: a layer, a parameter, nothing at all."""
    one, other = translated(), translated(Release="9876543210-with-a-name")

    assert len(versions(one)) == len(functions())
    assert not versions(one) & versions(other)
    assert len(versions(one) | versions(other)) == 2 * len(functions())


def test_a_release_is_seen_by_every_function_once_the_schema_is_there() -> None:
    """Lambda publishes no version of a function that has not changed, and CloudFormation fails.
    Taken from the migration, it makes everything that runs wait for it."""
    stack = translated()
    migration = stack["Migration"]["Properties"]
    seen = {
        name: each["Properties"]["Environment"]["Variables"]["RELEASE"]
        for name, each in stack.items()
        if each["Type"] == "AWS::Lambda::Function"
    }

    assert migration["Release"] == seen.pop("MigrateFunction") == {"Ref": "Release"}
    assert seen
    assert all(each == {"Fn::GetAtt": ["Migration", "Release"]} for each in seen.values())


def test_functions_without_database_and_redis_stay_outside_the_vpc(stack: dict[str, Any]) -> None:
    outside = {
        name.removesuffix("Function")
        for name, each in stack.items()
        if each["Type"] == "AWS::Lambda::Function"
        and each["Properties"].get("VpcConfig", NOWHERE) == NOWHERE
    }

    assert {"DeliverWebhooks", "DeliverNotifications"} <= outside
    assert not {"ActivateOffer", "Authorize", "Migrate"} & outside


def test_old_versions_go(stack: dict[str, Any]) -> None:
    kept = [name for name in versions(stack) if stack[name].get("DeletionPolicy") != "Delete"]

    assert kept == []
