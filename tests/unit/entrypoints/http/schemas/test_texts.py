"""One type for the text of each kind, wherever a person or an administrator supplies it."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from offers.entrypoints.http.schemas import partners
from offers.entrypoints.http.schemas.admin import activation, catalogue, customers
from offers.entrypoints.http.schemas.admin import partners as admin_partners
from offers.entrypoints.http.schemas.fields import Email, ReadableText, SearchText, Verbatim

USER = {"username": "ada", "password": "a long passphrase", "email": "a@example.com", "reason": "r"}
OFFER = {
    "code": "A",
    "name": "n",
    "category": "tv",
    "price": "1",
    "duration_days": 1,
    "products": ["p"],
    "description": "d",
    "reason": "r",
}
PARTNER = {"name": "n", "contact_email": "a@example.com", "reason": "r"}
ORDER = {"user_id": "0" * 32, "offer_id": "0" * 32, "amount": "1", "partner_reference": "p"}
FIELDS: list[tuple[type[BaseModel], dict[str, Any], str]] = [
    *((customers.CreateUserRequest, USER, n) for n in ("first_name", "last_name", "reason")),
    *((catalogue.CreateOfferRequest, OFFER, n) for n in ("name", "description", "reason")),
    *((admin_partners.CreatePartnerRequest, PARTNER, n) for n in ("name", "reason")),
    (partners.ActivateForPartnerRequest, ORDER, "partner_reference"),
    (
        activation.ResolveRequest,
        {"outcome": "activated", "reason": "r"},
        "provisioning_reference",
    ),
]


@pytest.mark.parametrize(("model", "good", "name"), FIELDS)
@pytest.mark.parametrize("text", ["  ", "a\u202eb", "a\nb", "\u200b", "a\0"])
def test_every_such_field_refuses_what_cannot_be_seen(
    model: type[BaseModel], good: dict[str, Any], name: str, text: str
) -> None:
    model.model_validate({**good, name: "seen"})
    with pytest.raises(ValidationError) as refusal:
        model.model_validate({**good, name: text})
    assert [error["loc"] for error in refusal.value.errors()] == [(name,)]


def test_lengths_are_those_of_the_cleaned_text() -> None:
    text: TypeAdapter[str] = TypeAdapter(Annotated[ReadableText, Field(min_length=1, max_length=4)])
    assert text.validate_python("  Jose\u0301  ") == "José"
    for bad in ("", "   ", "abcde"):
        with pytest.raises(ValidationError):
            text.validate_python(bad)


def test_what_another_system_named_is_kept_or_refused() -> None:
    text = TypeAdapter(Verbatim)
    assert text.validate_python("order-4711") == "order-4711"
    for bad in (" order", "Jose\u0301", "a\u00a0b"):
        with pytest.raises(ValidationError):
            text.validate_python(bad)


def test_a_search_finds_what_was_composed() -> None:
    assert TypeAdapter(SearchText).validate_python(" Jose\u0301 ") == "José"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Ada.Lovelace+1@Example.COM", "Ada.Lovelace+1@example.com"),
        ("ada@bücher.example.com", "ada@xn--bcher-kva.example.com"),
    ],
)
def test_an_address_is_told_as_ses_takes_it(text: str, address: str) -> None:
    assert TypeAdapter(Email).validate_python(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "<ada@example.com>",
        "Ada <ada@example.com>",
        "a@example.com,",
        "a,b@c",
        "a@b@example.com",
        "a b@example.com",
        "a..b@example.com",
        ".a@example.com",
        "a@example..com",
        "a@-example.com",
        "a@example",
        "a@localhost",
        "a@[127.0.0.1]",
        '"a b"@example.com',
        "ä@example.com",
        "a@example.com\n",
        "a\u202eb@example.com",
        "a" * 65 + "@example.com",
        "",
    ],
)
def test_what_ses_would_refuse_or_misread_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Email).validate_python(text)
