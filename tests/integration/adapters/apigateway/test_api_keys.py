"""Partners' keys at API Gateway, as moto plays it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from offers.adapters.apigateway.api_keys import ApiGatewayKeys
from offers.domain.partner import UsagePlan
from offers.ports.outside.api_keys import ApiKeysUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.integration


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        client = boto3.client("apigateway", region_name="eu-west-1")
        for name in ("other-basic", "offers-basic", "offers-premium"):
            client.create_usage_plan(name=name)
        yield client


@pytest.fixture
def keys(client: Any) -> ApiGatewayKeys:
    return ApiGatewayKeys(lambda: client, "offers")


def plans_of(client: Any, key_id: str) -> list[str]:
    return [plan["name"] for plan in client.get_usage_plans(keyId=key_id)["items"]]


def test_a_new_key_works_in_its_stacks_plan(client: Any, keys: ApiGatewayKeys) -> None:
    issued = keys.issue("acme-tv", UsagePlan.BASIC)

    found = client.get_api_key(apiKey=issued.api_key_id, includeValue=True)
    assert (found["value"], found["enabled"]) == (issued.value, True)
    assert found["tags"] == {"offers-stack": "offers"}
    assert len(issued.value) >= 40
    assert issued.value not in repr(issued)
    assert plans_of(client, issued.api_key_id) == ["offers-basic"]


def test_a_revoked_key_is_gone_and_again_is_harmless(client: Any, keys: ApiGatewayKeys) -> None:
    issued = keys.issue("acme-tv", UsagePlan.BASIC)

    keys.revoke(issued.api_key_id)
    keys.revoke(issued.api_key_id)

    assert client.get_api_keys()["items"] == []


def test_a_key_follows_its_plan(client: Any, keys: ApiGatewayKeys) -> None:
    issued = keys.issue("acme-tv", UsagePlan.BASIC)

    for _ in range(2):
        keys.assign(issued.api_key_id, UsagePlan.PREMIUM)
        assert plans_of(client, issued.api_key_id) == ["offers-premium"]


def test_without_its_plan_no_key_is_made(client: Any) -> None:
    with pytest.raises(ApiKeysUnavailable):
        ApiGatewayKeys(lambda: client, "elsewhere").issue("acme-tv", UsagePlan.BASIC)
    assert client.get_api_keys()["items"] == []


def test_a_key_that_cannot_be_attached_is_taken_back(
    client: Any, keys: ApiGatewayKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_arguments: object) -> None:
        raise client.exceptions.TooManyRequestsException({"Error": {"Code": "x"}}, "create")

    monkeypatch.setattr(client, "create_usage_plan_key", fail)
    with pytest.raises(ApiKeysUnavailable):
        keys.issue("acme-tv", UsagePlan.BASIC)
    assert client.get_api_keys()["items"] == []


def test_a_failure_is_told_also_when_nothing_can_be_taken_back(
    client: Any, keys: ApiGatewayKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_arguments: object) -> None:
        raise client.exceptions.TooManyRequestsException({"Error": {"Code": "x"}}, "create")

    def fail_again(**_arguments: object) -> None:
        raise client.exceptions.NotFoundException({"Error": {"Code": "gone"}}, "delete")

    monkeypatch.setattr(client, "create_usage_plan_key", fail)
    monkeypatch.setattr(client, "delete_api_key", fail_again)
    with pytest.raises(ApiKeysUnavailable) as raised:
        keys.issue("acme-tv", UsagePlan.BASIC)
    assert isinstance(raised.value.__cause__, client.exceptions.TooManyRequestsException)
