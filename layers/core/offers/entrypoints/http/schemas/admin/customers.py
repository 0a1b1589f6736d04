"""Users and their credits as administrators write and see them."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AfterValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from offers.domain.times import rfc3339
from offers.domain.user import Role
from offers.entrypoints.http.schemas.admin.administration import Reason
from offers.entrypoints.http.schemas.fields import (
    Amount,
    Currency,
    Email,
    Id,
    NewPassword,
    PlainText,
    ReadableText,
    RequestModel,
    SearchText,
    Time,
)
from offers.ports.store.users import UserQuery, UserView
from offers.services.customers.create_user import NewUser

RoleName = Literal["customer", "admin"]
USERNAME = r"^[A-Za-z0-9_.@+-]{1,150}$"
"""ASCII, so that no two names look alike by letters of different scripts (UTS 39)."""
UserSearch = Annotated[
    SearchText, Query(max_length=100, description="Looked for in username, names and email.")
]
ExactUsername = Annotated[
    PlainText | None, Query(max_length=150, description="Exact but for case.")
]


def _known_time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        code, message = "time_zone", "Use a name of the IANA time zone database."
        raise PydanticCustomError(code, message) from None
    return name


class CreateUserRequest(RequestModel):
    """Somebody who will sign in with this password."""

    username: Annotated[str, Field(pattern=USERNAME, examples=["ada"])]
    password: NewPassword
    email: Email
    first_name: Annotated[ReadableText, Field(max_length=150)] = ""
    last_name: Annotated[ReadableText, Field(max_length=150)] = ""
    locale: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"
    time_zone: Annotated[
        str,
        Field(pattern=r"^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$", max_length=64),
        AfterValidator(_known_time_zone),
    ] = "UTC"
    role: RoleName = "customer"
    currency: Currency = "EUR"
    reason: Reason


class CreateAdminRequest(RequestModel):
    """The event of ops/create_admin. The password is hashed by whoever asks, so that it stays out
    of events, logs and traces.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    username: Annotated[str, Field(pattern=USERNAME)]
    email: Email
    password_hash: Annotated[str, Field(pattern=r"^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$\S+$")]
    first_name: Annotated[ReadableText, Field(max_length=150)] = ""
    last_name: Annotated[ReadableText, Field(max_length=150)] = ""
    reason: Reason = "First administrator"


class ChangeUserRequest(RequestModel):
    """Whether the user may sign in and buy."""

    active: bool
    reason: Reason


class UserDocument(TypedDict):
    """A user with their prepaid balance."""

    id: Id
    username: str
    email: str
    email_status: Annotated[
        Literal["deliverable", "bounced", "complained"],
        Field(description="Only to a deliverable address is anything sent."),
    ]
    first_name: str
    last_name: str
    role: RoleName
    locale: str
    time_zone: str
    active: bool
    balance: Amount
    currency: Currency
    created_at: Time
    version: int


class UserList(TypedDict):
    """One page of users, newest first."""

    data: list[UserDocument]
    next_cursor: str | None


def new_user(body: CreateUserRequest) -> NewUser:
    """The user that the body describes."""
    return NewUser(
        username=body.username,
        email=body.email,
        first_name=body.first_name,
        last_name=body.last_name,
        locale=body.locale,
        time_zone=body.time_zone,
        role=Role(body.role),
        currency=body.currency,
    )


def new_administrator(request: CreateAdminRequest) -> NewUser:
    """The administrator that the event describes."""
    return NewUser(
        username=request.username,
        email=request.email,
        first_name=request.first_name,
        last_name=request.last_name,
        locale="en",
        time_zone="UTC",
        role=Role.ADMIN,
        currency="EUR",
    )


def user_query(
    search: str, username: str | None, role: str | None, *, active: bool | None
) -> UserQuery:
    """The question that the query parameters ask."""
    return UserQuery(search.strip(), username, None if role is None else Role(role), active)


def user_document(view: UserView) -> UserDocument:
    """A user as administrators see them; never the password's hash."""
    user, account = view.user, view.account
    return UserDocument(
        id=str(user.id),
        username=user.username,
        email=user.email,
        email_status=user.email_status.value,
        first_name=user.first_name,
        last_name=user.last_name,
        role=user.role.value,
        locale=user.locale,
        time_zone=user.time_zone,
        active=user.is_active,
        balance=account.balance.amount,
        currency=account.balance.currency,
        created_at=rfc3339(user.created_at),
        version=user.version,
    )
