"""What the provisioning system's answers mean. Whatever is not exactly what it promised is Unknown.

Whatever ends something (a refusal, "not activated", "ended") needs the body that the provisioning
system promised with it (docs/provisioning.md): a bare 409, 404 or 200 may come from anything on the
way, such as a load balancer or a wrong base path, and a refund on a guess is worse than asking
again. The same operation id is then tried again, and in the end the system is asked what happened.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from offers.adapters.http.retry_after import retry_after_seconds
from offers.adapters.provisioning.words import printable_code, printable_reason, printable_reference
from offers.domain import strict_json
from offers.domain.outcome import (
    Activated,
    Done,
    InProgress,
    NotActivated,
    NotDone,
    Refused,
    Unknown,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from offers.adapters.http.exchange import Answer
    from offers.domain.outcome import Ending, Finding, Outcome

DEFAULT_RETRY_AFTER_SECONDS = 30
MAX_RETRY_AFTER_SECONDS = 900
"""Nobody waits longer than this for the next try, whatever the other side asks for."""


def read_activation(answer: Answer) -> Outcome:
    """The answer to POST /activations."""
    if answer.status in (HTTPStatus.OK, HTTPStatus.CREATED):
        reference = _reference(_object(answer) or {})
        return Activated(reference) if reference else Unknown("success without a reference")
    return _read_failure(answer)


def read_deactivation(answer: Answer) -> Ending:
    """The answer to POST /deactivations: ended, or never heard of, which is the same."""
    if _is_unknown_operation(answer):
        return Done()
    if answer.status in (HTTPStatus.OK, HTTPStatus.CREATED):
        fields = _object(answer) or {}
        reference = _reference(fields)
        is_ended = bool(reference) or fields.get("state") == "not_activated"
        return Done(reference) if is_ended else Unknown("ended without saying so")
    return _read_failure(answer)


def read_finding(answer: Answer) -> Finding:
    """The answer to GET /activations/{operation_id}."""
    if _is_unknown_operation(answer):
        return NotActivated()
    if answer.status != HTTPStatus.OK:
        return Unknown(f"status {answer.status}")
    fields = _object(answer) or {}
    match fields.get("state"):
        case "activated":
            return Activated(_reference(fields))
        case "not_activated":
            return NotActivated()
        case "in_progress":
            return InProgress()
        case _:
            return Unknown("no known state")


def _read_failure(answer: Answer) -> Refused | NotDone | Unknown:
    match answer.status:
        case HTTPStatus.CONFLICT | HTTPStatus.UNPROCESSABLE_ENTITY:
            return _read_refusal(_object(answer) or {})
        case HTTPStatus.TOO_MANY_REQUESTS | HTTPStatus.SERVICE_UNAVAILABLE:
            return NotDone(_pause_seconds(answer), f"status {answer.status}")
        case _:
            return Unknown(f"status {answer.status}")


def _pause_seconds(answer: Answer) -> int:
    return retry_after_seconds(
        answer.retry_after, default=DEFAULT_RETRY_AFTER_SECONDS, longest=MAX_RETRY_AFTER_SECONDS
    )


def _read_refusal(fields: Mapping[str, Any]) -> Refused | Unknown:
    """Code and reason: other systems have a ``code`` in their errors too."""
    code, reason = printable_code(fields.get("code")), printable_reason(fields.get("reason"))
    return Refused(code, reason) if code and reason else Unknown("bare refusal")


def _is_unknown_operation(answer: Answer) -> bool:
    """A 404 that the provisioning system itself gave: it has never heard of the operation."""
    if answer.status != HTTPStatus.NOT_FOUND:
        return False
    return (_object(answer) or {}).get("code") == "unknown_operation"


def _reference(fields: Mapping[str, Any]) -> str:
    return printable_reference(fields.get("reference"))


def _object(answer: Answer) -> Mapping[str, Any] | None:
    """The JSON object in the body, if two readers would agree on it."""
    try:
        return strict_json.read_object(answer.body)
    except strict_json.NotStrictJson:
        return None
