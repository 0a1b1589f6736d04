"""What SES tells of bounces and complaints."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest

from offers.domain.user import EmailStatus
from offers.entrypoints.events.sns_events import Feedback, feedback_of, handler


def told(*documents: dict[str, Any]) -> dict[str, Any]:
    return {"Records": [{"Sns": {"Message": json.dumps(each)}} for each in documents]}


def a_bounce(kind: str = "Permanent", *addresses: str) -> dict[str, Any]:
    recipients = [{"emailAddress": each} for each in addresses or ("a@example.com",)]
    return {"eventType": "Bounce", "bounce": {"bounceType": kind, "bouncedRecipients": recipients}}


def a_complaint(**more: str) -> dict[str, Any]:
    recipients = [{"emailAddress": "Ada <a@example.com>"}]
    return {
        "notificationType": "Complaint",
        "complaint": {"complainedRecipients": recipients, **more},
    }


def test_a_permanent_bounce_marks_every_recipient() -> None:
    event = told(a_bounce("Permanent", "a@example.com", " b@example.com "))
    assert list(feedback_of(event)) == [
        Feedback(("a@example.com", "b@example.com"), EmailStatus.BOUNCED)
    ]


def test_a_complaint_marks_the_bare_address() -> None:
    assert list(feedback_of(told(a_complaint(complaintFeedbackType="abuse")))) == [
        Feedback(("a@example.com",), EmailStatus.COMPLAINED)
    ]


@pytest.mark.parametrize(
    "document",
    [
        a_bounce("Transient"),
        a_bounce("Undetermined"),
        a_complaint(complaintFeedbackType="not-spam"),
        {"eventType": "Delivery", "delivery": {}},
        {"eventType": "Complaint", "complaint": {"complainedRecipients": []}},
    ],
)
def test_what_may_pass_next_time_marks_nobody(document: dict[str, Any]) -> None:
    assert list(feedback_of(told(document))) == []


@pytest.mark.parametrize("event", [{}, {"Records": [{"Sns": {"Message": "{}"}}]}])
def test_what_ses_never_sends_fails(event: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        list(feedback_of(event))


def test_the_handler_records_each() -> None:
    recorded: list[Feedback] = []
    context: Any = SimpleNamespace(aws_request_id="1")
    handler(recorded.append)(told(a_bounce(), a_complaint()), context)
    assert [each.status for each in recorded] == [EmailStatus.BOUNCED, EmailStatus.COMPLAINED]


def test_feedback_that_names_its_kind_twice_is_refused() -> None:
    text = json.dumps(a_bounce()).replace("{", '{"eventType": "Delivery", ', 1)
    with pytest.raises(ValueError, match="twice"):
        list(feedback_of({"Records": [{"Sns": {"Message": text}}]}))
