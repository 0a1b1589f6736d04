"""What a stage needs of its account, looked at before anything is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Clients = Callable[[str], Any]
"""A boto3 client by the service's name."""

CONCURRENT_EXECUTIONS = "L-B99A9384"
ENOUGH_EXECUTIONS = 1000
TOO_FEW_EXECUTIONS = 100
"""Queue workers may take 47; with a new account's ten they starve the API's authorizer."""


@dataclass(frozen=True)
class Finding:
    """What is missing and how to get it; ``stops`` the deployment, or is only told."""

    what: str
    remedy: str
    stops: bool = True


def findings(parameters: Mapping[str, str], clients: Clients) -> list[Finding]:
    """Everything that is missing, in the order in which one would see to it."""
    return [
        finding
        for look in (_parameters, _quotas, _gateway, _email, _certificate, _secrets)
        for finding in look(parameters, clients)
    ]


def _parameters(parameters: Mapping[str, str], _: Clients) -> Iterator[Finding]:
    for name in ("ProvisioningUrl", "EmailSender"):
        if not parameters.get(name):
            yield Finding(f"{name} is not set", f"add {name}=… to the stage in samconfig.toml")


def _quotas(_: Mapping[str, str], clients: Clients) -> Iterator[Finding]:
    quota = clients("service-quotas").get_service_quota(
        ServiceCode="lambda", QuotaCode=CONCURRENT_EXECUTIONS
    )["Quota"]["Value"]
    if quota < ENOUGH_EXECUTIONS:
        yield Finding(
            f"Lambda runs {quota:.0f} functions at once in this account",
            f"ask for {ENOUGH_EXECUTIONS}: aws service-quotas request-service-quota-increase"
            f" --service-code lambda --quota-code {CONCURRENT_EXECUTIONS}"
            f" --desired-value {ENOUGH_EXECUTIONS} (a few hours)",
            stops=quota < TOO_FEW_EXECUTIONS,
        )


def _gateway(parameters: Mapping[str, str], clients: Clients) -> Iterator[Finding]:
    manages = parameters.get("ManageApiGatewayAccount") == "true"
    if not manages and not clients("apigateway").get_account().get("cloudwatchRoleArn"):
        yield Finding(
            "API Gateway may not write logs in this account and region",
            "give ManageApiGatewayAccount=true to one stage, this one for example",
        )


def _email(parameters: Mapping[str, str], clients: Clients) -> Iterator[Finding]:
    ses = clients("sesv2")
    if not ses.get_account().get("ProductionAccessEnabled"):
        yield Finding(
            "SES is in its sandbox: emails reach verified addresses only",
            "ask for production access in SES's console (a day)",
            stops=parameters.get("Stage") == "prod",
        )
    sender = parameters.get("EmailSender", "")
    if sender and not _is_verified(ses, sender) and not parameters.get("EmailIdentity"):
        yield Finding(
            f"SES does not know {sender} nor its domain",
            "give EmailIdentity=<domain> and publish its DKIM records after the deployment",
        )


def _is_verified(ses: Any, sender: str) -> bool:
    for identity in (sender, sender.partition("@")[2]):
        try:
            if ses.get_email_identity(EmailIdentity=identity).get("VerifiedForSendingStatus"):
                return True
        except ses.exceptions.NotFoundException:
            continue
    return False


def _certificate(parameters: Mapping[str, str], clients: Clients) -> Iterator[Finding]:
    if arn := parameters.get("CertificateArn"):
        certificate = clients("acm").describe_certificate(CertificateArn=arn)["Certificate"]
        if certificate["Status"] != "ISSUED":
            yield Finding(
                f"the certificate of {parameters.get('DomainName')} is {certificate['Status']}",
                "publish its validation record, or wait",
            )


def _secrets(parameters: Mapping[str, str], clients: Clients) -> Iterator[Finding]:
    secrets = clients("secretsmanager")
    for name, arn in parameters.items():
        if name.endswith("SecretArn") and arn:
            try:
                secrets.get_secret_value(SecretId=arn)
            except secrets.exceptions.ResourceNotFoundException:
                yield Finding(f"{name} names a secret that is missing or empty", "fill it")
