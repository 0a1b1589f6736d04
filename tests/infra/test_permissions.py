"""Each function may do what its code does, and no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.grants import (
    MANAGED,
    ROLE,
    STEPWISE,
    allowed,
    is_in_vpc,
    listed,
    needed,
    own_name,
    role_of,
    roles_of_functions,
)
from tests.infra.reach import reached
from tests.infra.template import Function, functions, named, resources, target, template

WILDCARDS = {
    # X-Ray has no resource to narrow these to.
    ("LogPolicy", "*"),
    # Lambda checks these for every resource; a statement beside them denies them to our code.
    ("VpcPolicy", "*"),
    # Streams and groups of this stack's functions are made at run time.
    ("LogPolicy", "log-group:/aws/lambda/${Prefix}/*"),
    # SES authorises the identity that covers the sender, a domain or an address; the condition
    # narrows it to the sender.
    ("NotificationRole", "identity/*"),
    # Application and group are made by SAM, and named at random behind the stack's name.
    ("ReleaseCheckRole", "deploymentgroup:-*/*"),
    # Alarms are named by the functions' deployment preferences.
    ("DeploymentRole", "alarm:*"),
    # Keys are made at run time; conditions, or the plan's id, narrow them to this stack's.
    ("PartnerKeysPolicy", "/tags/*"),
    ("PartnerKeysPolicy", "/apikeys/*"),
    ("PartnerKeysPolicy", "/usageplans/${BasicUsagePlan}/keys/*"),
    ("PartnerKeysPolicy", "/usageplans/${PremiumUsagePlan}/keys/*"),
}
NARROWED_BY_A_CONDITION = {"identity/*", "/tags/*", "/apikeys/*"}
IN_THE_VPC = {"owner_engine", "unit_of_work", "reading", "database_answers", "redis"}


def statements() -> Iterator[tuple[str, dict[str, Any]]]:
    """(owner, statement) of everything written out in the templates."""
    for name, properties in resources(MANAGED).items():
        for statement in properties["PolicyDocument"]["Statement"]:
            yield name, statement
    for name, properties in resources(ROLE).items():
        for policy in properties.get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                yield name, statement


@pytest.mark.parametrize("function", functions(), ids=named)
def test_may_do_what_its_code_reaches_and_no_more(function: Function) -> None:
    assert allowed(role_of(function)) == needed(function)


@pytest.mark.parametrize("function", functions(), ids=named)
def test_is_in_the_vpc_for_the_database_and_redis_only(function: Function) -> None:
    inside = bool(reached(function) & IN_THE_VPC)

    assert is_in_vpc(role_of(function)) == inside
    assert (function.properties.get("VpcConfig") != {"Ref": "AWS::NoValue"}) == inside


@pytest.mark.parametrize("function", functions(), ids=named)
def test_sam_adds_nothing_to_its_role(function: Function) -> None:
    assert not {"Policies", "PermissionsBoundary"} & set(function.properties)


def test_every_role_is_somebodys() -> None:
    used = {role_of(function) for function in functions()}

    assert used - {"ReleaseCheckRole"} == roles_of_functions()  # it names functions: in the root


def test_no_action_is_a_wildcard() -> None:
    actions = [action for _, statement in statements() for action in listed(statement["Action"])]

    assert actions
    assert [action for action in actions if "*" in action] == []


def test_no_resource_is_a_wildcard_without_a_reason() -> None:
    found = {
        (owner, own_name(resource))
        for owner, statement in statements()
        for resource in listed(statement["Resource"])
        if "*" in own_name(resource) and ".Arn}:" not in own_name(resource)
    }

    assert found == WILDCARDS


def test_a_wildcard_that_needs_a_condition_has_one() -> None:
    narrowed = {
        own_name(resource)
        for _, statement in statements()
        for resource in listed(statement["Resource"])
        if "Condition" in statement
    }

    assert narrowed >= NARROWED_BY_A_CONDITION


def test_our_code_may_not_do_what_lambda_does_in_the_vpc() -> None:
    given, taken = resources(MANAGED)["VpcPolicy"]["PolicyDocument"]["Statement"]

    assert (given["Effect"], taken["Effect"]) == ("Allow", "Deny")
    assert taken["Action"] == given["Action"]
    assert taken["Condition"] == {"Null": {"lambda:SourceFunctionArn": "false"}}


def test_no_policy_of_amazons_is_attached_but_the_one_that_api_gateway_checks() -> None:
    attached = {
        (name, str(policy["Fn::Sub"]).rpartition("/")[2])
        for name, properties in resources(ROLE).items()
        for policy in properties.get("ManagedPolicyArns", [])
        if "Fn::Sub" in policy
    }

    assert attached == {("ApiGatewayLogRole", "AmazonAPIGatewayPushToCloudWatchLogs")}


def test_the_scheduler_may_start_the_scheduled_functions() -> None:
    scheduled = {f.logical_id for f in functions() if any(f.events("ScheduleV2"))}
    invoke, _ = resources(ROLE)["SchedulerRole"]["Policies"][0]["PolicyDocument"]["Statement"]

    assert invoke["Action"] == "lambda:InvokeFunction"
    assert {r["Fn::Sub"] for r in invoke["Resource"]} == {f"${{{n}.Arn}}:live" for n in scheduled}
    for function in functions():
        for _, schedule in function.events("ScheduleV2"):
            assert schedule["RoleArn"] == {"Fn::GetAtt": ["SchedulerRole", "Arn"]}


def test_a_deployment_may_move_the_traffic_of_the_functions_that_change_step_by_step() -> None:
    move, hook, _ = resources(ROLE)["DeploymentRole"]["Policies"][0]["PolicyDocument"]["Statement"]

    assert {own_name(resource) for resource in move["Resource"]} == {
        *STEPWISE,
        *(f"${{{name}.Arn}}:*" for name in STEPWISE),
    }
    assert target(hook["Resource"]) == "CheckReleaseFunction"


def test_a_release_is_called_before_it_has_traffic() -> None:
    preference = template()["Globals"]["Function"]["DeploymentPreference"]
    (check,) = (each for each in functions() if each.logical_id == "CheckReleaseFunction")
    _, versions = check.properties["Environment"]["Variables"]["CHECKED_VERSIONS"]["Fn::Join"]

    assert preference["Hooks"] == {"PreTraffic": {"Ref": "CheckReleaseFunction"}}
    assert {each["Ref"] for each in versions} == {f"{name}.Version" for name in STEPWISE}
