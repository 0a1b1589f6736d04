"""Settings: one frozen model per capability, read from an explicit mapping (usually
``os.environ``).

Reading fails with the variable's name. Nothing secret has a default, and nothing here is a secret:
those are in Secrets Manager, and the variables name them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

Environment = Mapping[str, str]

_STAGE = "STAGE"
_CLOCK_OFFSET = "CLOCK_OFFSET_FILE"
_DATABASE = "DATABASE_URL"
_MOST_DIGITS = 4


class InvalidSetting(Exception):
    """Says which variable is missing or unusable; never shows its value."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem}")
        self.name = name


class Stage(StrEnum):
    """Where we run. Only ``local`` may move the clock or reach private addresses."""

    LOCAL = "local"
    DEV = "dev"
    PROD = "prod"


@dataclass(frozen=True, slots=True)
class RuntimeSettings:
    """``clock_offset_file`` holds seconds to add to now; on a laptop only."""

    stage: Stage
    clock_offset_file: Path | None

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Refuses a clock offset outside the laptop stack: money depends on the time."""
        try:
            stage = Stage(required(environment, _STAGE))
        except ValueError:
            raise InvalidSetting(_STAGE, "must be one of local, dev, prod") from None
        offset = environment.get(_CLOCK_OFFSET)
        if offset and stage is not Stage.LOCAL:
            raise InvalidSetting(_CLOCK_OFFSET, "may be set in the laptop stack only")
        return cls(stage, Path(offset) if offset else None)


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Whether webhooks may go to http and to private addresses: in the laptop stack only."""

    allows_private: bool

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """There is no variable for it, so that none can be set by mistake: the stage says it."""
        return cls(RuntimeSettings.read(environment).stage is Stage.LOCAL)


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """``secret_id`` names the {username, password} to add to ``url``; None where the server
    trusts us."""

    url: str
    secret_id: str | None

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Refuses a URL with a password in it."""
        url = with_scheme(environment, _DATABASE, "postgresql", "postgres")
        authority = url.partition("://")[2].partition("/")[0]
        user, separator, _ = authority.rpartition("@")
        if separator and user.partition(":")[2]:
            raise InvalidSetting(_DATABASE, "must not hold a password: use DATABASE_SECRET_ID")
        return cls(url, environment.get("DATABASE_SECRET_ID") or None)


@dataclass(frozen=True, slots=True)
class RedisSettings:
    """Where the projections are."""

    url: str

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """``rediss`` is TLS."""
        return cls(with_scheme(environment, "REDIS_URL", "redis", "rediss", "unix"))


@dataclass(frozen=True, slots=True)
class OutboxQueueSettings:
    """The queue URL of each outbox topic."""

    activation: str
    notification: str
    webhook: str

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """All three: whoever dispatches must be able to dispatch everything."""
        return cls(
            queue_url(environment, "ACTIVATION_QUEUE_URL"),
            queue_url(environment, "NOTIFICATION_QUEUE_URL"),
            queue_url(environment, "WEBHOOK_QUEUE_URL"),
        )


@dataclass(frozen=True, slots=True)
class ProvisioningSettings:
    """The provisioning system, and how long one call to it may take."""

    url: str
    timeout_seconds: float

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """The timeout must lie below every caller's function timeout; the template sees to that."""
        return cls(
            with_scheme(environment, "PROVISIONING_URL", "https", "http").rstrip("/"),
            positive(environment, "PROVISIONING_TIMEOUT_SECONDS"),
        )


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """Who issues tokens, with which keys, and how long they are good for."""

    keys_secret_id: str
    issuer: str
    access_seconds: int
    refresh_seconds: int

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Lifetimes default to fifteen minutes and thirty days."""
        return cls(
            required(environment, "TOKEN_KEYS_SECRET_ID"),
            required(environment, "TOKEN_ISSUER"),
            int(positive(environment, "ACCESS_TOKEN_SECONDS", "900")),
            int(positive(environment, "REFRESH_TOKEN_SECONDS", "2592000")),
        )


@dataclass(frozen=True, slots=True)
class EmailSettings:
    """The sender's address and, on AWS, the SES configuration set that reports bounces."""

    sender: str
    configuration_set: str | None
    public_url: str

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """``public_url`` is where links in emails lead."""
        return cls(
            required(environment, "EMAIL_SENDER"),
            environment.get("SES_CONFIGURATION_SET") or None,
            with_scheme(environment, "PUBLIC_URL", "https", "http").rstrip("/"),
        )


@dataclass(frozen=True, slots=True)
class LifecycleSettings:
    """``reminder_days`` before the end, ``renew_hours_before`` it the first try of automatic
    renewal, ``grace_days`` after it the last.
    """

    reminder_days: tuple[int, ...]
    renew_hours_before: int
    grace_days: int

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Whole numbers, zero or more; the days are a list with commas."""
        days = required(environment, "REMINDER_DAYS").split(",")
        return cls(
            tuple(sorted({_whole("REMINDER_DAYS", day) for day in days})),
            _whole("RENEW_HOURS_BEFORE", required(environment, "RENEW_HOURS_BEFORE")),
            _whole("GRACE_DAYS", required(environment, "GRACE_DAYS")),
        )


def _whole(name: str, text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
        raise InvalidSetting(name, "must be made of whole numbers from 0 to 9999")
    return int(digits)


def queue_url(environment: Environment, name: str) -> str:
    """The URL of one queue."""
    return with_scheme(environment, name, "https", "http")


def required(environment: Environment, name: str) -> str:
    """A value that must be there and not be blank."""
    value = environment.get(name, "").strip()
    if not value:
        raise InvalidSetting(name, "is not set")
    return value


def with_scheme(environment: Environment, name: str, *schemes: str) -> str:
    """A URL with one of these schemes."""
    url = required(environment, name)
    if url.partition("://")[0] not in schemes:
        raise InvalidSetting(name, f"must start with {' or '.join(s + '://' for s in schemes)}")
    return url


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
