"""Each function may do what it does and no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.infra.template import FUNCTION, Function, functions, named, resources

MANAGED = "AWS::IAM::ManagedPolicy"
WILDCARDS = {
    # SES authorises the identity that covers the sender, a domain or an address; the condition
    # narrows it to the sender.
    ("DeliverNotificationsFunction", "identity/*"),
    # Keys are made at run time; conditions narrow them to those that this stack made.
    ("PartnerKeysPolicy", "/tags/*"),
    ("PartnerKeysPolicy", "/apikeys/*"),
    ("PartnerKeysPolicy", "/usageplans/${BasicUsagePlan}/keys/*"),
    ("PartnerKeysPolicy", "/usageplans/${PremiumUsagePlan}/keys/*"),
}
SENDERS = {
    "ActivateOfferFunction",
    "RenewOfferFunction",
    "ConsumeActivationsFunction",
    "HandleDeadActivationsFunction",
    "ReconcileActivationsFunction",
    "RelayOutboxFunction",
    "AdvanceSubscriptionsFunction",
    "ResolveTransactionFunction",
    "ActivateForPartnerFunction",
    "ReplayWebhookDeliveryFunction",
    "RecordOutcomesFunction",
}
KEY_HOLDERS = {
    "AuthorizeFunction",
    "GetJwksFunction",
    "LoginFunction",
    "LogoutFunction",
    "RefreshFunction",
}


def statements() -> Iterator[tuple[str, dict[str, Any]]]:
    """(owner, statement) of everything written out in the template."""
    for name, properties in resources(MANAGED).items():
        for statement in properties["PolicyDocument"]["Statement"]:
            yield name, statement
    for name, properties in resources(FUNCTION).items():
        for policy in properties.get("Policies", []):
            for statement in policy.get("Statement", []):
                yield name, statement


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def holders(policy: str) -> set[str]:
    return {f.logical_id for f in functions() if {"Ref": policy} in f.policies()}


def test_no_action_is_a_wildcard() -> None:
    actions = [action for _, statement in statements() for action in listed(statement["Action"])]

    assert actions
    assert [action for action in actions if "*" in action] == []


def test_no_resource_is_a_wildcard_without_a_reason() -> None:
    found = {
        (owner, resource["Fn::Sub"].split(":")[-1])
        for owner, statement in statements()
        for resource in listed(statement["Resource"])
        if isinstance(resource, str) or "*" in str(resource)
    }

    assert found == WILDCARDS


def test_a_wildcard_is_narrowed_by_a_condition() -> None:
    for owner, statement in statements():
        if "*" in str(statement["Resource"]):
            assert statement["Condition"], owner


@pytest.mark.parametrize("function", functions(), ids=named)
def test_has_a_role_of_its_own(function: Function) -> None:
    assert "Role" not in function.properties


def test_only_who_dispatches_may_send_what_the_outbox_holds() -> None:
    assert holders("OutboxPolicy") == SENDERS


def test_only_who_handles_tokens_may_read_their_keys() -> None:
    assert holders("TokenKeysPolicy") == KEY_HOLDERS


@pytest.mark.parametrize("function", functions(), ids=named)
def test_may_postpone_messages_of_its_own_queue_only(function: Function) -> None:
    own = [source["Queue"] for _, source in function.events("SQS")]
    postponed = [
        resource
        for policy in function.policies()
        for statement in policy.get("Statement", [])
        if "sqs:ChangeMessageVisibility" in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    ]

    assert postponed in ([], own)
