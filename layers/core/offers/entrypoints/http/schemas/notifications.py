"""/notifications/unsubscribe."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from aws_lambda_powertools.event_handler.openapi.params import Query

Token = Annotated[UUID, Query(description="What the link in a reminder holds.")]
Reminders = Annotated[
    Literal["on", "off"], Query(description="Whether to get reminders; receipts always come.")
]
