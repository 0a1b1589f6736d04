"""AWS clients, made on first use: importing boto3 is most of a cold start."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

ClientFactory = Callable[[], Any]
"""Gives the same boto3 client each time; called only when something must be sent."""

CONNECT_TIMEOUT_SECONDS = 1
READ_TIMEOUT_SECONDS = 3


@cache
def aws_client(service: str) -> Any:
    """The client of a service, one per process, that gives up soon.

    Whoever calls has a second way (the outbox, a message that returns to its queue), so waiting
    long is worse than failing: 1 s to connect, 3 s to read, one retry.
    """
    import boto3
    from botocore.config import Config

    return boto3.client(  # type: ignore[call-overload]  # the stubs want a literal
        service,
        config=Config(
            connect_timeout=CONNECT_TIMEOUT_SECONDS,
            read_timeout=READ_TIMEOUT_SECONDS,
            retries={"mode": "standard", "total_max_attempts": 2},
        ),
    )


def failure_code(failure: Exception) -> str:
    """What went wrong without the service's own sentence, which may hold an address or a message's
    content."""
    return str(_answer(failure).get("Error", {}).get("Code") or type(failure).__name__)


def is_outage(failure: Exception) -> bool:
    """Whether the service did not answer, or answered that it cannot; not that it refuses this
    request."""
    status = _answer(failure).get("ResponseMetadata", {}).get("HTTPStatusCode", 500)
    return bool(status >= HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(failure: Exception) -> Mapping[str, Any]:
    answer = getattr(
        failure, "response", None
    )  # botocore's ClientError has one; its other errors none
    return answer if isinstance(answer, dict) else {}
