"""Handlers as Lambda would have them: warm, in this process."""

from __future__ import annotations

import importlib
import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from tests.unit.import_contracts import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    Handler = Callable[[dict[str, Any]], dict[str, Any]]

_SETTINGS = {
    "STAGE": "local",
    "POWERTOOLS_SERVICE_NAME": "offers",
    "POWERTOOLS_LOG_LEVEL": "INFO",
    "ACTIVATION_QUEUE_URL": "https://sqs.example.com/activation",
    "NOTIFICATION_QUEUE_URL": "https://sqs.example.com/notification",
    "WEBHOOK_QUEUE_URL": "https://sqs.example.com/webhook",
}


class _Context:
    aws_request_id = "bench"

    def get_remaining_time_in_millis(self) -> int:
        return 10_000


@contextmanager
def environment(**settings: str) -> Iterator[None]:
    """These settings, and whatever else the handlers read."""
    with patch.dict(os.environ, _SETTINGS | settings):
        yield


def handler_of(module: str) -> Handler:
    """The handler, called with an event alone."""
    path = FUNCTIONS / module
    with patch.object(sys, "path", [str(path.parent), *sys.path]):
        handle = importlib.import_module(path.name).handler
    context = _Context()
    return lambda event: handle(event, context)


def event_of(module: str, user_id: UUID, last_segment: str = "") -> dict[str, Any]:
    """The function's example event, from this user; about another thing if its path ends in
    one."""
    event: dict[str, Any] = json.loads((FUNCTIONS.parent / f"events/{module}.json").read_text())
    event["requestContext"]["authorizer"]["sub"] = str(user_id)
    if last_segment:
        event["path"] = f"{event['path'].rpartition('/')[0]}/{last_segment}"
    return event
