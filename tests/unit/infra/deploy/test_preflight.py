"""What a stage lacks is said before anything is made, with the way to get it."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws

from infra.deploy.preflight import findings

GOOD = {
    "Stage": "prod",
    "ProvisioningUrl": "https://provisioning.example.net",
    "EmailSender": "offers@shop.example.net",
}


VERIFIED = {"VerifiedForSendingStatus": True}


class Account:
    """An account that lacks nothing; each test takes something away."""

    def __init__(self) -> None:
        self.executions = 1000.0
        self.production = True
        self.gateway = {"cloudwatchRoleArn": "arn:aws:iam::123456789012:role/logs"}

    def client(self, service: str) -> Any:
        real: Any = boto3.client(service, "eu-west-1")  # type: ignore[call-overload]  # the stubs want a literal
        if service == "service-quotas":
            real.get_service_quota = lambda **_: {"Quota": {"Value": self.executions}}
        if service == "apigateway":
            real.get_account = lambda: self.gateway
        if service == "sesv2":
            known = real.get_email_identity  # moto knows no verification
            real.get_email_identity = lambda **name: {**known(**name), **VERIFIED}
            real.get_account = lambda: {"ProductionAccessEnabled": self.production}
        return real


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        boto3.client("sesv2", "eu-west-1").create_email_identity(EmailIdentity="shop.example.net")
        yield Account()


def said(account: Account, **changed: str) -> dict[str, bool]:
    found = findings({**GOOD, **changed}, account.client)
    assert all(finding.remedy for finding in found)
    return {finding.what: finding.stops for finding in found}


def test_nothing_is_missing(account: Account) -> None:
    assert said(account) == {}


def test_parameters_without_a_default(account: Account) -> None:
    assert said(account, ProvisioningUrl="") == {"ProvisioningUrl is not set": True}


@pytest.mark.parametrize(("executions", "stops"), [(10, True), (400, False)])
def test_a_new_accounts_quota(account: Account, executions: float, *, stops: bool) -> None:
    account.executions = executions
    assert list(said(account).values()) == [stops]


def test_a_gateway_that_may_not_write_logs(account: Account) -> None:
    account.gateway = {}
    assert list(said(account).values()) == [True]
    assert said(account, ManageApiGatewayAccount="true") == {}


@pytest.mark.parametrize(("stage", "stops"), [("dev", False), ("prod", True)])
def test_ses_in_its_sandbox(account: Account, stage: str, *, stops: bool) -> None:
    account.production = False
    assert list(said(account, Stage=stage).values()) == [stops]


def test_a_sender_that_ses_does_not_know(account: Account) -> None:
    assert list(said(account, EmailSender="offers@elsewhere.example.net").values()) == [True]
    assert said(account, EmailSender="a@new.example.net", EmailIdentity="new.example.net") == {}


def test_a_secret_without_a_value(account: Account) -> None:
    arn = boto3.client("secretsmanager", "eu-west-1").create_secret(Name="empty")["ARN"]
    assert list(said(account, RedisSecretArn=arn)) == [
        "RedisSecretArn names a secret that is missing or empty"
    ]


def test_a_certificate_that_is_not_issued(account: Account) -> None:
    acm = boto3.client("acm", "eu-west-1")
    arn = acm.request_certificate(DomainName="api.example.net")["CertificateArn"]
    assert list(said(account, DomainName="api.example.net", CertificateArn=arn)) == [
        "the certificate of api.example.net is PENDING_VALIDATION"
    ]
