"""Messages survive the wire, and those that were written before there were kinds are understood."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from offers.domain.due_task import DueTask, Task
from offers.domain.ids import (
    NotificationId,
    PartnerId,
    SubscriptionId,
    TransactionId,
    WebhookDeliveryId,
)
from offers.domain.messages import (
    ActivationRequested,
    CustomerEmail,
    EmailOutcome,
    PartnerEmail,
    WebhookCall,
    WebhookDue,
    WebhookExpired,
    WebhookOutcome,
)
from offers.domain.notification import NotificationStatus
from offers.domain.webhook import WebhookEvent
from offers.ports import message_codec
from offers.ports.message_codec import Message, OutOfPlace, UnreadableMessage
from tests.factories import NOW

ID = "01900000-0000-7000-8000-0000000000f1"
PARTNER = "01900000-0000-7000-8000-0000000000b1"
DELIVERY_ID, PARTNER_ID = WebhookDeliveryId(UUID(ID)), PartnerId(UUID(PARTNER))
AT = "2026-03-14T09:26:53.589793+00:00"
WORDS = {"subject": "Hello", "text": "Hello.", "html": "<p>Hello.</p>"}
AN_EMAIL = (NotificationId(UUID(ID)), "a@b.example", "Hello", "Hello.", "<p>Hello.</p>")
ABOUT = {"delivery_id": ID, "partner_id": PARTNER, "attempt": 2}

BEFORE_KINDS: list[tuple[dict[str, Any], Message]] = [
    ({"transaction_id": ID}, ActivationRequested(TransactionId(UUID(ID)))),
    (
        {"notification_id": ID, "notice": "reminder", "to": "a@b.example", "headers": {}} | WORDS,
        CustomerEmail(*AN_EMAIL, notice="reminder"),
    ),
    (
        {"notification_id": ID, "notice": "webhook_disabled", "to": "a@b.example"} | WORDS,
        PartnerEmail(*AN_EMAIL, notice="webhook_disabled"),
    ),
    ({"delivery_id": ID, "attempt": 2}, WebhookDue(DELIVERY_ID, 2)),
    (
        ABOUT
        | {"event": "activation.failed", "url": "https://partner.example.com/"}
        | {"headers": {"webhook-id": ID}, "signed_at": AT, "body": "{}"},
        WebhookCall(
            DELIVERY_ID,
            PARTNER_ID,
            2,
            WebhookEvent.ACTIVATION_FAILED,
            "https://partner.example.com/",
            {"webhook-id": ID},
            NOW,
            "{}",
        ),
    ),
    (
        {"notification_id": ID, "status": "failed", "error": "gone", "at": AT},
        EmailOutcome(NotificationId(UUID(ID)), NotificationStatus.FAILED, "gone", NOW),
    ),
    (
        ABOUT | {"at": AT, "http_status": None, "error": "timeout", "duration_ms": 7},
        WebhookOutcome(DELIVERY_ID, PARTNER_ID, 2, NOW, None, "timeout", 7),
    ),
    (ABOUT | {"at": AT, "is_expired": True}, WebhookExpired(DELIVERY_ID, PARTNER_ID, 2, NOW)),
    ({"subscription_id": ID, "task": "renew"}, DueTask(Task.RENEW, SubscriptionId(UUID(ID)))),
]
IDS = [message.kind for _, message in BEFORE_KINDS]
MESSAGES = [message for _, message in BEFORE_KINDS]


@pytest.mark.parametrize("message", MESSAGES, ids=IDS)
def test_a_message_survives_the_wire(message: Message) -> None:
    assert message_codec.read(json.loads(json.dumps(message_codec.write(message)))) == message


@pytest.mark.parametrize(("body", "message"), BEFORE_KINDS, ids=IDS)
def test_a_message_from_before_kinds_is_understood(body: dict[str, Any], message: Message) -> None:
    assert message_codec.read(body) == message


@pytest.mark.parametrize(("body", "message"), BEFORE_KINDS, ids=IDS)
def test_code_from_before_kinds_finds_what_it_reads(body: dict[str, Any], message: Message) -> None:
    assert message_codec.write(message).items() >= body.items()


def test_what_a_field_adds_survives_the_wire_and_is_left_out_when_it_says_nothing() -> None:
    asked = WebhookOutcome(DELIVERY_ID, PARTNER_ID, 2, NOW, 429, "", 7, 60, "https://a.example/")

    assert message_codec.read(message_codec.write(asked)) == asked
    silent = message_codec.write(replace(asked, retry_after_seconds=None, url=None))
    assert not {"retry_after_seconds", "url"} & set(silent)


@pytest.mark.parametrize("message", MESSAGES, ids=IDS)
def test_fields_of_newer_code_are_ignored(message: Message) -> None:
    assert message_codec.read({**message_codec.write(message), "trace": "x"}) == message


def test_every_message_has_a_kind_of_its_own() -> None:
    assert len(set(IDS)) == len(IDS) == len(message_codec.KINDS)


@pytest.mark.parametrize(("body", "message"), BEFORE_KINDS, ids=IDS)
def test_a_damaged_message_is_refused_and_not_shown(body: dict[str, Any], message: Message) -> None:
    written = message_codec.write(message)
    for name in set(body) - {"headers", "notice", "is_expired"}:
        without = {each: value for each, value in written.items() if each != name}
        for damaged in (without, written | {name: ["private"]}, written | {name: {"private": 1}}):
            with pytest.raises(UnreadableMessage) as caught:
                message_codec.read(damaged)
            assert "private" not in str(caught.value)


@pytest.mark.parametrize("kind", ["of the future", "", None, 7, ["activation"]])
def test_a_kind_that_is_not_known_is_refused(kind: object) -> None:
    with pytest.raises(UnreadableMessage):
        message_codec.read({"kind": kind, "transaction_id": ID})


def test_a_message_in_the_place_of_another_is_refused() -> None:
    task = message_codec.write(DueTask(Task.RENEW, SubscriptionId(UUID(ID))))

    with pytest.raises(OutOfPlace):
        message_codec.read_as(task, ActivationRequested)
    with pytest.raises(OutOfPlace):
        message_codec.read_outgoing(task)
