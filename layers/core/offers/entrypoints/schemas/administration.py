"""What the bodies of administrators' requests have in common."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from offers.entrypoints.schemas.fields import PlainText

Reason = Annotated[
    PlainText,
    Field(
        min_length=1,
        max_length=500,
        pattern=r"\S",
        description="Why; kept in the audit log.",
        examples=["Autumn price list"],
    ),
]
