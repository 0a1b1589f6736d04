"""Forgotten passwords."""

from __future__ import annotations

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from offers.entrypoints.http.schemas.admin.administration import Reason
from offers.entrypoints.http.schemas.fields import NewPassword, PlainText, RequestModel

TOKEN = r"^[A-Za-z0-9_-]{43}$"  # noqa: S105  # what tokens look like
_EXAMPLE = "0" * 43
ResetToken = Annotated[str, Query(pattern=TOKEN, description="What the link in the email holds.")]


class PasswordResetRequest(RequestModel):
    """Whose password is forgotten. Any text will do, since nobody is told whether it is known."""

    email: Annotated[PlainText, Field(min_length=1, max_length=254, examples=["ada@example.com"])]


class ResetPasswordRequest(RequestModel):
    """What the link holds, and the password to come."""

    token: Annotated[str, Field(pattern=TOKEN, examples=[_EXAMPLE])]
    new_password: NewPassword


class SendPasswordResetRequest(RequestModel):
    """Why a link is sent."""

    reason: Reason
