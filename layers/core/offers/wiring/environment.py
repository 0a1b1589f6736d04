"""Reading the environment: what a variable must look like, and how a refusal names it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Environment = Mapping[str, str]

_STAGE = "STAGE"
_MOST_DIGITS = 4


class InvalidSetting(Exception):
    """Says which variable is missing or unusable; never shows its value."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}")
        self.name = name


class Stage(StrEnum):
    """Where we run. Only ``local``, the laptop stack, may move the clock, reach private
    addresses or talk without TLS."""

    LOCAL = "local"
    DEV = "dev"
    PROD = "prod"


def stage(environment: Environment) -> Stage:
    """``STAGE``, which every function is told."""
    try:
        return Stage(required(environment, _STAGE))
    except ValueError:
        raise InvalidSetting(_STAGE, "must be one of local, dev, prod") from None


def whole(name: str, text: str) -> int:
    """A whole number, zero or more, of four digits at most."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise InvalidSetting(name, "must be made of whole numbers from 0 to 9999")
    return int(digits)


def required(environment: Environment, name: str) -> str:
    """A value that must be there and not be blank."""
    value = environment.get(name, "").strip()
    if not value:
        raise InvalidSetting(name, "is not set")
    return value


def url(environment: Environment, name: str, scheme: str, *on_a_laptop: str) -> str:
    """A URL with this scheme, which means TLS; in the laptop stack others will do."""
    found = required(environment, name)
    is_laptop = stage(environment) is Stage.LOCAL
    schemes = (scheme, *on_a_laptop) if is_laptop else (scheme,)
    if found.partition("://")[0] not in schemes:
        raise InvalidSetting(name, f"must start with {' or '.join(s + '://' for s in schemes)}")
    return found


def positive(environment: Environment, name: str, default: str = "") -> float:
    """A number above zero."""
    text = environment.get(name) or default
    if not text:
        raise InvalidSetting(name, "is not set")
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise InvalidSetting(name, "must be a number above zero")
    return number
