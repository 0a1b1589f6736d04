"""Problem documents (RFC 9457): the one table from error code to HTTP status, and how a document
is made."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from offers.domain.errors import DomainError, RetryableError
from offers.entrypoints.http.request_errors import RequestError, ValidationFailed


@dataclass(frozen=True, slots=True)
class ProblemType:
    """The HTTP status of an error code, and a title that never changes with the occurrence."""

    status: int
    title: str


INTERNAL_ERROR = "internal_error"

PROBLEM_TYPES: dict[str, ProblemType] = {
    # the request itself
    "malformed_json": ProblemType(400, "Malformed JSON"),
    "repeated_header": ProblemType(400, "Repeated header"),
    "invalid_cursor": ProblemType(400, "Invalid cursor"),
    "bad_request": ProblemType(400, "Bad request"),  # from the gateway only
    "route_not_found": ProblemType(404, "No such route"),
    "body_too_large": ProblemType(413, "Body too large"),
    "unsupported_media_type": ProblemType(415, "Unsupported media type"),
    "validation_failed": ProblemType(422, "Validation failed"),
    # who is asking
    "unauthorized": ProblemType(401, "Token missing or not accepted"),  # from the gateway only
    "invalid_token": ProblemType(401, "Invalid token"),
    "invalid_credentials": ProblemType(401, "Invalid credentials"),
    "refresh_token_reused": ProblemType(401, "Refresh token reused"),
    "forbidden": ProblemType(403, "Not permitted"),
    "wrong_password": ProblemType(403, "Wrong password"),
    "password_not_accepted": ProblemType(422, "Password not accepted"),
    "invalid_api_key": ProblemType(403, "API key missing or unknown"),
    "too_many_attempts": ProblemType(429, "Too many attempts"),
    "throttled": ProblemType(429, "Too many requests"),  # from the gateway only
    "quota_exceeded": ProblemType(429, "Quota exceeded"),  # from the gateway only
    # what is asked for
    "offer_not_found": ProblemType(404, "Offer not found"),
    "subscription_not_found": ProblemType(404, "Subscription not found"),
    "transaction_not_found": ProblemType(404, "Transaction not found"),
    "user_not_found": ProblemType(404, "User not found"),
    "reset_link_invalid": ProblemType(404, "Reset link invalid"),
    "unsubscribe_link_unknown": ProblemType(404, "Unsubscribe link unknown"),
    "reference_not_found": ProblemType(404, "Reference not found"),
    "partner_not_found": ProblemType(404, "Partner not found"),
    "api_key_not_found": ProblemType(404, "API key not found"),
    "webhook_delivery_not_found": ProblemType(404, "Webhook delivery not found"),
    # money
    "insufficient_balance": ProblemType(402, "Insufficient balance"),
    "credit_limit_reached": ProblemType(402, "Credit limit reached"),
    "invalid_money": ProblemType(422, "Invalid amount of money"),
    "currency_mismatch": ProblemType(422, "Currency mismatch"),
    "already_credited": ProblemType(409, "Already credited"),
    "already_requested": ProblemType(409, "Already requested"),
    "credit_request_not_found": ProblemType(404, "Credit not found"),
    "credit_request_settled": ProblemType(409, "Credit settled"),
    "second_administrator_needed": ProblemType(403, "Second administrator needed"),
    # state
    "offer_not_available": ProblemType(409, "Offer not available"),
    "already_subscribed": ProblemType(409, "Already subscribed"),
    "subscription_changed": ProblemType(409, "Subscription changed"),
    "subscription_too_long": ProblemType(409, "Subscription too long"),
    "renewal_in_progress": ProblemType(409, "Renewal in progress"),
    "subscription_not_renewable": ProblemType(409, "Subscription not renewable"),
    "subscription_not_active": ProblemType(409, "Subscription not active"),
    "transaction_already_settled": ProblemType(409, "Transaction already settled"),
    "transaction_leased": ProblemType(409, "Transaction in progress"),
    "idempotency_in_progress": ProblemType(409, "Idempotent request in progress"),
    "idempotency_key_reused": ProblemType(422, "Idempotency key reused"),
    "precondition_failed": ProblemType(412, "Precondition failed"),
    "precondition_required": ProblemType(428, "Precondition required"),
    # administration
    "username_taken": ProblemType(409, "Username taken"),
    "offer_code_taken": ProblemType(409, "Offer code taken"),
    "offer_status_not_allowed": ProblemType(409, "Offer status not allowed"),
    "invalid_validity": ProblemType(422, "Invalid validity"),
    "cannot_deactivate_self": ProblemType(409, "Cannot deactivate oneself"),
    # partners
    "amount_mismatch": ProblemType(422, "Amount mismatch"),
    "partner_reference_reused": ProblemType(422, "Partner reference reused"),
    "activation_limit_reached": ProblemType(429, "Activation limit reached"),
    "too_many_api_keys": ProblemType(409, "Too many API keys"),
    "credit_limit_below_debt": ProblemType(409, "Credit limit below debt"),
    "partner_name_taken": ProblemType(409, "Partner name taken"),
    "invalid_webhook_url": ProblemType(422, "Invalid webhook URL"),
    "webhook_not_configured": ProblemType(409, "Webhook not configured"),
    "replay_limit_reached": ProblemType(HTTPStatus.CONFLICT, "Replay limit reached"),
    "webhook_disabled": ProblemType(409, "Webhook disabled"),
    # ourselves
    INTERNAL_ERROR: ProblemType(500, "Internal error"),
    "database_unavailable": ProblemType(503, "Temporarily unavailable"),
    "api_keys_unavailable": ProblemType(503, "API keys unavailable"),
    "sealing_keys_unavailable": ProblemType(503, "Sealing keys unavailable"),
    "timeout": ProblemType(504, "Timed out"),  # from the gateway only
}
"""Every code a caller can meet. Codes and their statuses are a promise: adding is free, changing
needs an ADR."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One occurrence: the status, the document's members and the headers that go with them."""

    status: int
    members: dict[str, Any]
    headers: dict[str, str]


def type_reference(code: str) -> str:
    """The problem's ``type``: a stable URI reference (RFC 9457 §3.1.1)."""
    return f"/problems/{code}"


def problem_of(error: Exception, instance: str, request_id: str) -> Problem:
    """Describe any exception; what is neither a rule's nor the request's fault tells nothing
    about itself."""
    known = isinstance(error, DomainError | RequestError)
    code = error.code if isinstance(error, DomainError | RequestError) else INTERNAL_ERROR
    kind = PROBLEM_TYPES[code]
    detail = str(error) if known else "Something went wrong on our side; quote the request id."
    members: dict[str, Any] = {
        "type": type_reference(code),
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": instance,
        "code": code,
        "request_id": request_id,
    }
    if isinstance(error, ValidationFailed):
        members["errors"] = [asdict(each) for each in error.errors]
    return Problem(kind.status, members, _headers(error, kind.status))


def _headers(error: Exception, status: int) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, RetryableError):
        headers["Retry-After"] = str(error.retry_after_seconds)
    if status == HTTPStatus.UNAUTHORIZED:  # RFC 9110 §15.5.2: it names the scheme
        headers["WWW-Authenticate"] = "Bearer"
    return headers
