"""What is asked of SES, and what its errors mean."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError, ParamValidationError

from offers.adapters.ses.sender import SesEmailSender
from offers.domain.notification import Email
from offers.ports.outside.emails import AddressRefused, EmailRefused, EmailUnavailable

pytestmark = pytest.mark.integration

EMAIL = Email("Subject", "text", "<p>html</p>")
RECIPIENT = "user1@example.com"


class ScriptedSes:
    """Keeps requests, or raises."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error
        self.requests: list[dict[str, Any]] = []

    def send_email(self, **request: Any) -> None:
        self.requests.append(request)
        if self.error is not None:
            raise self.error


def error(code: str, sentence: str = "bad") -> ClientError:
    message = f"{sentence} {RECIPIENT}"
    return ClientError({"Error": {"Code": code, "Message": message}}, "SendEmail")


def test_the_configuration_set_is_named_only_if_there_is_one() -> None:
    ses = ScriptedSes()
    SesEmailSender(lambda: ses, "offers@example.com").send(RECIPIENT, EMAIL, {})
    SesEmailSender(lambda: ses, "offers@example.com", "offers").send(RECIPIENT, EMAIL, {})
    without, with_set = ses.requests
    assert "ConfigurationSetName" not in without
    assert with_set["ConfigurationSetName"] == "offers"


def test_an_address_that_is_none_is_told_apart() -> None:
    sender = SesEmailSender(lambda: ScriptedSes(error("BadRequestException")), "offers@example.com")
    with pytest.raises(AddressRefused):
        sender.send(RECIPIENT, EMAIL, {})


@pytest.mark.parametrize(
    "definite",
    [
        error("MessageRejected"),
        error("BadRequestException"),
        ParamValidationError(report=RECIPIENT),
    ],
)
def test_a_definite_no_is_a_refusal_without_the_address(definite: Exception) -> None:
    sender = SesEmailSender(lambda: ScriptedSes(definite), "offers@example.com")
    with pytest.raises(EmailRefused) as refusal:
        sender.send(RECIPIENT, EMAIL, {})
    assert RECIPIENT not in str(refusal.value)
    assert refusal.value.__suppress_context__


@pytest.mark.parametrize(
    "passing",
    [
        error("TooManyRequestsException"),
        error("LimitExceededException"),
        error("SendingPausedException"),
        error("MessageRejected", "Email address is not verified. The following identities failed"),
        error("MailFromDomainNotVerifiedException"),
        error("NotFoundException"),
        error("InternalFailure"),
        ConnectTimeoutError(endpoint_url="https://email"),
    ],
)
def test_what_may_pass_is_tried_again(passing: Exception) -> None:
    sender = SesEmailSender(lambda: ScriptedSes(passing), "offers@example.com")
    with pytest.raises(EmailUnavailable) as outage:
        sender.send(RECIPIENT, EMAIL, {})
    assert RECIPIENT not in str(outage.value)


@pytest.mark.parametrize(
    ("recipient", "subject", "headers"),
    [
        ("a@example.com\r\nBcc: b@example.com", "Subject", {}),
        (RECIPIENT, "Subject\nBcc: b@example.com", {}),
        (RECIPIENT, "Subject", {"X-A": "1\r\nBcc: b@example.com"}),
        (RECIPIENT, "Subject", {"X-A\nBcc": "b@example.com"}),
    ],
)
def test_no_header_is_smuggled_in(recipient: str, subject: str, headers: dict[str, str]) -> None:
    ses = ScriptedSes()
    with pytest.raises(EmailRefused):
        SesEmailSender(lambda: ses, "offers@example.com").send(
            recipient, Email(subject, "text", "html"), headers
        )
    assert ses.requests == []
