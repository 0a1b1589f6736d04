"""Problem documents, as the OpenAPI document describes them."""

from __future__ import annotations

from typing import Annotated, NotRequired

from pydantic import Field
from typing_extensions import TypedDict


class FieldErrorDocument(TypedDict):
    """What is wrong with one field."""

    location: Annotated[str, Field(examples=["body.offer_id"])]
    message: Annotated[str, Field(examples=["Input should be a valid UUID"])]
    code: Annotated[str, Field(examples=["uuid_parsing"])]


class ProblemDocument(TypedDict):
    """What went wrong (RFC 9457). ``code`` is stable; ``errors`` comes with
    ``validation_failed``."""

    type: Annotated[str, Field(examples=["/problems/validation_failed"])]
    title: Annotated[str, Field(examples=["Validation failed"])]
    status: Annotated[int, Field(examples=[422])]
    detail: Annotated[str, Field(examples=["The request has invalid fields."])]
    instance: Annotated[str, Field(examples=["/api/v1/activation"])]
    code: Annotated[str, Field(examples=["validation_failed"])]
    request_id: str
    errors: NotRequired[list[FieldErrorDocument]]
