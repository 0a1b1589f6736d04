"""The kinds of field that requests and answers are made of."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from offers.domain.clean_text import UncleanText, clean
from offers.domain.currencies import MINOR_DIGITS
from offers.domain.times import rfc3339

_DATE_AND_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_UNSTORABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def _storable(text: str) -> str:
    """PostgreSQL refuses NUL and lone surrogates; no field needs other control characters."""
    if _UNSTORABLE.search(text):
        code, message = "control_characters", "Control characters are not allowed."
        raise PydanticCustomError(code, message)
    return text


PlainText = Annotated[str, AfterValidator(_storable)]
"""Text that is only compared or looked for, without control characters; state its length with
Field."""


def _readable(text: str) -> str:
    try:
        cleaned = clean(text)
    except UncleanText:
        code, message = "hidden_characters", "Characters that cannot be seen are not allowed."
        raise PydanticCustomError(code, message) from None
    if text and not cleaned:
        code, message = "blank", "Write something that can be seen."
        raise PydanticCustomError(code, message)
    return cleaned


def _verbatim(text: str) -> str:
    if _readable(text) != text:
        code, message = "not_verbatim", "Write it in NFC, without blanks at its ends."
        raise PydanticCustomError(code, message)
    return text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _storable(text)).strip()


def _mailbox(text: str) -> str:
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        code, message = "email", "Write one address as name@domain, the name in ASCII."
        raise PydanticCustomError(code, message) from None
    return str(found.ascii_email)


ReadableText = Annotated[str, AfterValidator(_readable)]
"""What people write for people, as ``clean`` leaves it; state its length with Field."""
Verbatim = Annotated[str, AfterValidator(_verbatim)]
"""A name that another system gave: kept as it is, or refused."""
SearchText = Annotated[str, AfterValidator(_composed)]
"""What to look for in such text."""
Email = Annotated[
    str, Field(max_length=254), AfterValidator(_mailbox), Field(examples=["ada@example.com"])
]
"""An address that SES takes: ASCII, an international domain in Punycode."""

Id = Annotated[
    str,
    Field(json_schema_extra={"format": "uuid"}, examples=["0193572c-7c1e-7b3a-9f52-0d3e5a1b2c4d"]),
]
Amount = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]+(\.[0-9]+)?$",
        description="A decimal string with the digits of the currency.",
        examples=["29.99"],
    ),
]
SentAmount = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{1,12}(\.[0-9]{1,4})?$",
        description="A decimal string with the digits of the currency.",
        examples=["29.99"],
    ),
]
"""An amount in a request, zero or more."""
SentSignedAmount = Annotated[
    str,
    Field(
        pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,4})?$",
        description="A decimal string with the digits of the currency; may be negative.",
        examples=["50.00"],
    ),
]


def _existing(currency: str) -> str:
    if currency not in MINOR_DIGITS:
        code, message = "currency", "Use the code of a currency, as ISO 4217 lists it."
        raise PydanticCustomError(code, message)
    return currency


Currency = Annotated[
    str,
    Field(pattern="^[A-Z]{3}$", description="ISO 4217.", examples=["EUR"]),
    AfterValidator(_existing),
]
Time = Annotated[
    str,
    Field(
        json_schema_extra={"format": "date-time"},
        description="RFC 3339 in UTC.",
        examples=["2026-03-01T09:30:00Z"],
    ),
]


def _rfc_3339(text: object) -> object:
    """Pydantic would also read seconds since 1970, and other alphabets' digits."""
    if not (isinstance(text, str) and _DATE_AND_TIME.fullmatch(text)):
        code, message = "rfc_3339", "Write a time as RFC 3339 does: 2026-03-01T09:30:00Z."
        raise PydanticCustomError(code, message)
    return text


def _in_utc(moment: datetime) -> datetime:
    """Offsets that PostgreSQL does not know (beyond 15:59) end here."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:  # the first and the last day of the calendar may have no UTC
        code, message = "year", "Use a time that lies in the years 1 to 9999 in UTC."
        raise PydanticCustomError(code, message) from None


Moment = Annotated[AwareDatetime, BeforeValidator(_rfc_3339), AfterValidator(_in_utc)]
"""A time that a caller sends, in any time zone; inside it is in UTC, to the microsecond."""


NewPassword = Annotated[
    str,
    Field(
        min_length=8,
        max_length=128,
        description="At least 8 characters, 12 for administrators; not one that many people use, "
        "nor little more than the user's name.",
        examples=["a long passphrase"],
    ),
]


class RequestModel(BaseModel):
    """A request body: unknown fields are refused, and numbers are not taken for text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def optional_time_of(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC, or null."""
    return None if moment is None else rfc3339(moment)
