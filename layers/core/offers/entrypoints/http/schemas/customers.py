"""Shapes of what customers read about themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from offers.domain.times import rfc3339
from offers.domain.user import User
from offers.entrypoints.http.schemas.fields import Id, Time


class Profile(TypedDict):
    """The caller."""

    id: Id
    username: Annotated[str, Field(examples=["user1"])]
    email: Annotated[str, Field(examples=["user1@example.com"])]
    first_name: str
    last_name: str
    role: Literal["customer", "admin"]
    locale: Annotated[str, Field(description="A BCP 47 tag.", examples=["en"])]
    time_zone: Annotated[str, Field(description="An IANA name.", examples=["Europe/Paris"])]
    created_at: Time


def profile(user: User) -> Profile:
    """What a user may know of themselves."""
    return Profile(
        id=str(user.id),
        username=user.username,
        email=user.email,
        first_name=user.first_name,
        last_name=user.last_name,
        role=user.role.value,
        locale=user.locale,
        time_zone=user.time_zone,
        created_at=rfc3339(user.created_at),
    )
