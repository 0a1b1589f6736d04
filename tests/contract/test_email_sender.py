"""Port EmailSender: the fake and SES (moto)."""

from __future__ import annotations

from typing import Any

import pytest

from offers.adapters.ses.sender import SesEmailSender
from offers.domain.notification import Email
from offers.ports.outside.emails import EmailRefused, EmailSender, EmailUnavailable
from tests.fakes.email import FakeEmailSender

EMAIL = Email("Île est activé", "Bonjour Zoé, 29,99 €", "<p>Bonjour Zoé, 29,99 €</p>")
HEADERS = {"List-Unsubscribe": "<https://example.com/unsubscribe>"}
RECIPIENT = "user1@example.com"


class OnFake:
    def __init__(self, _: pytest.FixtureRequest) -> None:
        self.sender: EmailSender
        self.sender = self._fake = FakeEmailSender()

    def sent(self) -> list[tuple[str, str, str, str, dict[str, str]]]:
        return [(to, e.subject, e.text, e.html, headers) for to, e, headers in self._fake.sent]

    def refuse(self) -> None:
        self._fake.refused.add(RECIPIENT)

    def break_down(self) -> None:
        self._fake.is_away = True


class OnSes:
    """moto checks and takes the request, but forgets the text part and the headers."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._client = request.getfixturevalue("aws")("sesv2")
        self._client.create_email_identity(EmailIdentity="offers@example.com")
        self._client.meta.events.register("before-parameter-build.sesv2.SendEmail", self._keep)
        self._requests: list[dict[str, Any]] = []
        self.sender: EmailSender = SesEmailSender(lambda: self._client, "offers@example.com")

    def _keep(self, params: dict[str, Any], **_: Any) -> None:
        self._requests.append(params)

    def sent(self) -> list[tuple[str, str, str, str, dict[str, str]]]:
        return [_shown(request) for request in self._requests]

    def refuse(self) -> None:
        self._client = Failing("MessageRejected", 400)

    def break_down(self) -> None:
        self._client = Failing("TooManyRequestsException", 429)


class Failing:
    """An SES that answers every call with one error."""

    def __init__(self, code: str, status: int) -> None:
        self._code, self._status = code, status

    def send_email(self, **_: Any) -> None:
        from botocore.exceptions import ClientError

        error = {"Code": self._code, "Message": f"not {RECIPIENT}"}
        answer: Any = {"Error": error, "ResponseMetadata": {"HTTPStatusCode": self._status}}
        raise ClientError(answer, "SendEmail")


def _shown(request: dict[str, Any]) -> tuple[str, str, str, str, dict[str, str]]:
    (recipient,) = request["Destination"]["ToAddresses"]
    message = request["Content"]["Simple"]
    parts = (message["Subject"], message["Body"]["Text"], message["Body"]["Html"])
    assert {part["Charset"] for part in parts} == {"UTF-8"}
    subject, text, html = (part["Data"] for part in parts)
    headers = {header["Name"]: header["Value"] for header in message["Headers"]}
    return recipient, subject, text, html, headers


@pytest.fixture(params=[OnFake, OnSes])
def setting(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def test_an_email_is_sent_in_both_forms_with_its_headers(setting: Any) -> None:
    setting.sender.send(RECIPIENT, EMAIL, HEADERS)
    assert setting.sent() == [(RECIPIENT, EMAIL.subject, EMAIL.text, EMAIL.html, HEADERS)]


def test_a_definite_no_is_a_refusal(setting: Any) -> None:
    setting.refuse()
    with pytest.raises(EmailRefused):
        setting.sender.send(RECIPIENT, EMAIL, {})


def test_an_outage_is_told_apart_from_a_refusal(setting: Any) -> None:
    setting.break_down()
    with pytest.raises(EmailUnavailable):
        setting.sender.send(RECIPIENT, EMAIL, {})
