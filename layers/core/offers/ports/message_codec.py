"""Messages as they travel and as the outbox stores them: JSON-ready dicts.

A message is its fields by their names, and its ``kind``. Fields are added and never renamed, so
that old and new code, which run side by side during a deployment, read each other. A field that is
not known is ignored; one that is missing must have a default.

Before there were kinds, messages were told apart by their fields. Such a message can be in a queue
for 14 days after the deployment that brought kinds (the retention of the dead-letter queues), and
in the outbox until it is sent, a day at most: after that ``_kind_before_kinds`` may go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from offers.domain.due_task import DueTask, Task
from offers.domain.messages import (
    ActivationRequested,
    CustomerEmail,
    EmailOutcome,
    Outcome,
    Outgoing,
    PartnerEmail,
    RenderedEmail,
    WebhookCall,
    WebhookDue,
    WebhookExpired,
    WebhookOutcome,
)
from offers.domain.notification import NotificationStatus, PartnerNotice
from offers.domain.webhook import WebhookEvent

Message = Outgoing | Outcome | DueTask
T = TypeVar("T")

KINDS: Mapping[str, type[Message]] = {
    each.kind: each
    for each in (
        ActivationRequested,
        CustomerEmail,
        PartnerEmail,
        WebhookDue,
        WebhookCall,
        EmailOutcome,
        WebhookOutcome,
        WebhookExpired,
        DueTask,
    )
}
_FOR_READERS_BEFOREKINDS = {WebhookExpired.kind: {"is_expired": True}}


class UnreadableMessage(ValueError):
    """Not a message of ours. Shows no content."""


class OutOfPlace(UnreadableMessage):
    """A message of another kind than belongs here."""

    def __init__(self, message: Message) -> None:
        super().__init__(f"a message of kind {message.kind} in the place of another")


def write(message: Message) -> dict[str, Any]:
    """Ready for JSON."""
    values = {each: getattr(message, each.name) for each in fields(message)}
    written = {each.name: _plain(value) for each, value in values.items() if _is_said(each, value)}
    return {"kind": message.kind, **written, **_FOR_READERS_BEFOREKINDS.get(message.kind, {})}


def read(body: Mapping[str, Any]) -> Message:
    """What ``write`` wrote, now or before there were kinds. Raises UnreadableMessage."""
    kind = body.get("kind", _kind_before_kinds(body))
    wanted = KINDS.get(kind) if isinstance(kind, str) else None
    if wanted is None:
        problem = "no kind of message that is known here"
        raise UnreadableMessage(problem)
    try:
        return wanted(**{name: _FORMS[name](body[name]) for name in _names(wanted, body)})
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        problem = f"a damaged message of kind {kind}: {type(error).__name__}"
        raise UnreadableMessage(problem) from None  # the cause may quote the content


def read_as(body: Mapping[str, Any], wanted: type[T]) -> T:
    """The same where only this type belongs. Raises UnreadableMessage also for another one."""
    message = read(body)
    if not isinstance(message, wanted):
        raise OutOfPlace(message)
    return message


def read_outgoing(body: Mapping[str, Any]) -> Outgoing:
    """The same for what the outbox holds. Raises UnreadableMessage."""
    match read(body):
        case ActivationRequested() | RenderedEmail() | WebhookDue() | WebhookCall() as message:
            return message
        case other:
            raise OutOfPlace(other)


def _names(wanted: type[Message], body: Mapping[str, Any]) -> list[str]:
    """Of the fields to read: those that are there, and those that must be."""
    return [
        each.name
        for each in fields(wanted)
        if each.name in body or (each.default is MISSING and each.default_factory is MISSING)
    ]


def _kind_before_kinds(body: Mapping[str, Any]) -> str:
    if "task" in body:
        return DueTask.kind
    if "delivery_id" in body:
        return _webhook_kind_before_kinds(body)
    if "to" in body:
        is_partners = body.get("notice") in set(PartnerNotice)
        return PartnerEmail.kind if is_partners else CustomerEmail.kind
    return EmailOutcome.kind if "notification_id" in body else ActivationRequested.kind


def _webhook_kind_before_kinds(body: Mapping[str, Any]) -> str:
    if "url" in body:
        return WebhookCall.kind
    if "at" in body:
        return WebhookExpired.kind if body.get("is_expired") else WebhookOutcome.kind
    return WebhookDue.kind


def _is_said(which: Field[Any], value: Any) -> bool:
    """What may be missing and has nothing to say is left out."""
    return value is not None or which.default is MISSING


def _plain(value: Any) -> Any:
    match value:
        case UUID():
            return str(value)
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case Mapping():
            return dict(value)
        case _:
            return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _optional_number(value: Any) -> int | None:
    return None if value is None else _number(value)


def _texts(value: Any) -> dict[str, str]:
    return {_text(name): _text(each) for name, each in dict(value).items()}


_FORMS: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("transaction_id", "subscription_id", "notification_id"), UUID),
    **dict.fromkeys(("delivery_id", "partner_id"), UUID),
    **dict.fromkeys(("to", "subject", "text", "html", "notice", "url", "body", "error"), _text),
    "refused_address": _text,
    **dict.fromkeys(("at", "signed_at"), datetime.fromisoformat),
    **dict.fromkeys(("attempt", "duration_ms"), _number),
    **dict.fromkeys(("http_status", "retry_after_seconds"), _optional_number),
    "headers": _texts,
    "status": NotificationStatus,
    "task": Task,
    "event": WebhookEvent,
}
"""How the value of a field is read, by its name: a name means the same in every message."""
