"""Emails through SES (API version 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from offers.adapters.aws import failure_code
from offers.ports.outside.emails import AddressRefused, EmailRefused, EmailUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.adapters.aws import ClientFactory
    from offers.domain.notification import Email

_DEFINITE = {
    "MessageRejected": EmailRefused,  # its content
    "ParamValidationError": EmailRefused,
    "BadRequestException": AddressRefused,  # of what is sent, only the address comes from outside
}
"""SES says no to this message. Everything else (throttled, paused, a configuration set that is
missing) may pass once somebody has seen to it, so the message goes on waiting."""

_NOT_VERIFIED = "not verified"
"""In the sentence of a MessageRejected that is about the account: an identity that is not verified,
or in SES's sandbox a recipient that is not. That too may pass."""


class SesEmailSender:
    """Port EmailSender. ``sender`` is the From header, ``configuration_set`` names SES's own
    settings."""

    def __init__(self, client: ClientFactory, sender: str, configuration_set: str = "") -> None:
        self._client = client
        self._sender = sender
        self._configuration_set = configuration_set

    def send(self, recipient: str, email: Email, headers: Mapping[str, str]) -> None:
        """Raise EmailRefused or EmailUnavailable with SES's error code; never with an address."""
        from botocore.exceptions import BotoCoreError, ClientError

        request = self._request(recipient, email, headers)
        try:
            self._client().send_email(**request)
        except (BotoCoreError, ClientError) as failure:
            # from None: the cause quotes the recipient's address
            raise _error(failure)(failure_code(failure)) from None

    def _request(self, recipient: str, email: Email, headers: Mapping[str, str]) -> dict[str, Any]:
        _require_one_line(recipient, email.subject, *headers, *headers.values())
        content = {
            "Subject": _utf8(email.subject),
            "Body": {"Text": _utf8(email.text), "Html": _utf8(email.html)},
            "Headers": [{"Name": name, "Value": value} for name, value in headers.items()],
        }
        request = {
            "FromEmailAddress": self._sender,
            "Destination": {"ToAddresses": [recipient]},
            "Content": {"Simple": content},
        }
        if self._configuration_set:
            request["ConfigurationSetName"] = self._configuration_set
        return request


def _error(failure: Exception) -> type[EmailRefused | AddressRefused | EmailUnavailable]:
    if _NOT_VERIFIED in str(failure):
        return EmailUnavailable
    return _DEFINITE.get(failure_code(failure), EmailUnavailable)


def _require_one_line(*values: str) -> None:
    """No header may bring another one along (RFC 5322 §2.2)."""
    if any("\n" in value or "\r" in value for value in values):
        message = "a header holds a line end"
        raise EmailRefused(message)


def _utf8(words: str) -> dict[str, str]:
    return {"Data": words, "Charset": "UTF-8"}
