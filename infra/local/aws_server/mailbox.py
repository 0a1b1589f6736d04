"""Keeps every email that SES accepts.

moto keeps the text or the HTML of a message, not both, so the request itself is read: SES's
SendEmail and SendRawEmail (query protocol) and SES v2's SendEmail (REST-JSON).
"""

from __future__ import annotations

import base64
import email
import email.policy
import json
from dataclasses import asdict, dataclass
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Mail:
    """One email as its reader sees it; several recipients are separated by commas.

    ``sent_at`` is RFC 3339 on the stack's clock.
    """

    to: str
    subject: str
    text: str
    html: str
    sent_at: str

    def line(self) -> str:
        """As one line of the mailbox's file."""
        return json.dumps(asdict(self))


def mail_of_request(path: str, body: bytes, sent_at: str) -> Mail | None:
    """The email that a request to SES sends, or None when it sends none."""
    if path.endswith("/v2/email/outbound-emails"):
        return _of_v2(json.loads(body), sent_at)
    form = {
        name: values[-1] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()
    }
    match form.get("Action"):
        case "SendEmail":
            return _of_v1(form, sent_at)
        case "SendRawEmail":
            raw = base64.b64decode(form["RawMessage.Data"])
            return _of_raw(raw, _members(form, "Destinations"), sent_at)
        case _:
            return None


def _of_v1(form: Mapping[str, str], sent_at: str) -> Mail:
    return Mail(
        to=", ".join(_members(form, "Destination.ToAddresses")),
        subject=form.get("Message.Subject.Data", ""),
        text=form.get("Message.Body.Text.Data", ""),
        html=form.get("Message.Body.Html.Data", ""),
        sent_at=sent_at,
    )


def _members(form: Mapping[str, str], name: str) -> list[str]:
    prefix = f"{name}.member."
    return [value for key, value in form.items() if key.startswith(prefix)]


def _of_v2(request: Mapping[str, Any], sent_at: str) -> Mail | None:
    to = (request.get("Destination") or {}).get("ToAddresses") or []
    content = request.get("Content") or {}
    if raw := content.get("Raw"):
        return _of_raw(base64.b64decode(raw["Data"]), to, sent_at)
    if not (simple := content.get("Simple")):
        return None
    body = simple.get("Body") or {}
    return Mail(
        to=", ".join(to),
        subject=simple["Subject"]["Data"],
        text=(body.get("Text") or {}).get("Data", ""),
        html=(body.get("Html") or {}).get("Data", ""),
        sent_at=sent_at,
    )


def _of_raw(raw: bytes, to: list[str], sent_at: str) -> Mail:
    message = email.message_from_bytes(raw, _class=EmailMessage, policy=email.policy.default)
    return Mail(
        to=", ".join(to or [str(address) for address in message.get_all("To", [])]),
        subject=str(message.get("Subject", "")),
        text=_part(message, "plain"),
        html=_part(message, "html"),
        sent_at=sent_at,
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
