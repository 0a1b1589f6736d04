"""Finding things by the names that people use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from infra.cli.errors import Refused

if TYPE_CHECKING:
    from infra.cli.connection.http import Api


def user_id(api: Api, text: str) -> str:
    """A user's id, from the id itself or a username. Raises Refused."""
    return text if is_id(text) else str(user(api, text)["id"])


def user(api: Api, text: str) -> dict[str, Any]:
    """A user, from the id or the username. Raises Refused."""
    username = None if is_id(text) else text
    for each in api.items("/admin/users", username=username):
        if username is not None or each["id"] == text:
            return dict(each)
    message = f"There is no user {text!r}."
    raise Refused(message, "user_not_found")


def offer(api: Api, text: str) -> dict[str, Any]:
    """An offer with its version, from its id or code. Raises Refused."""
    search = None if is_id(text) else text
    for each in api.items("/admin/offers", search=search):
        if text in (each["id"], each["code"]):
            return dict(each)
    message = f"There is no offer {text!r}."
    raise Refused(message, "offer_not_found")


def partner(api: Api, text: str) -> dict[str, Any]:
    """A partner, from its id or name. Raises Refused."""
    for each in api.items("/admin/partners"):
        if text in (each["id"], each["name"]):
            return dict(each)
    message = f"There is no partner {text!r}."
    raise Refused(message, "partner_not_found")


def transaction_id(api: Api, text: str) -> str:
    """A transaction's id, from the id itself or a reference (REF-…). Raises Refused."""
    if is_id(text):
        return text
    found = api.get("/admin/transactions", reference=text, limit=1)["data"]
    if not found:
        message = f"There is no transaction {text!r}."
        raise Refused(message, "transaction_not_found")
    return str(found[0]["transaction_id"])


def is_id(text: str) -> bool:
    """Whether it is a UUID."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True
