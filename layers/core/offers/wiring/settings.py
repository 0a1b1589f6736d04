"""Settings: one frozen model per capability, read from an explicit mapping (usually
``os.environ``).

Reading fails with the variable's name. Nothing secret has a default, and nothing here is a secret:
those are in Secrets Manager, and the variables name them. Outside the laptop stage every
connection is TLS that checks whom it talks to.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, urlsplit

from offers.domain.currencies import MINOR_DIGITS
from offers.wiring.environment import (
    Environment,
    InvalidSetting,
    Stage,
    positive,
    required,
    stage,
    url,
    whole,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLOCK_OFFSET = "CLOCK_OFFSET_FILE"
_DATABASE = "DATABASE_URL"
_WEBHOOK_PORTS = "WEBHOOK_PORTS"
_HIGHEST_PORT = 65_535
_REDIS = "REDIS_URL"
_REDIS_CHECKS = ("ssl_cert_reqs", "ssl_check_hostname")  # both are on unless a URL says otherwise
_MOST_UNITS = 12
APPLICATION_ROLE = "offers_app"
"""Where no secret names the application's role in the database."""


@dataclass(frozen=True, slots=True)
class RuntimeSettings:
    """``clock_offset_file`` holds seconds to add to now; on a laptop only."""

    stage: Stage
    clock_offset_file: Path | None

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Refuses a clock offset outside the laptop stack: money depends on the time."""
        here = stage(environment)
        offset = environment.get(_CLOCK_OFFSET)
        if offset and here is not Stage.LOCAL:
            raise InvalidSetting(_CLOCK_OFFSET, "may be set in the laptop stack only")
        return cls(here, Path(offset) if offset else None)


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """Where webhooks may go: by http, to private addresses, to any port (None) on laptops only."""

    allows_private: bool
    ports: frozenset[int] | None

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """WEBHOOK_PORTS is a list with commas, 443 and 8443 if it is not set. There is no variable
        for private addresses, so that none can be set by mistake: the stage says it.
        """
        if RuntimeSettings.read(environment).stage is Stage.LOCAL:
            return cls(allows_private=True, ports=None)
        listed = (environment.get(_WEBHOOK_PORTS) or "443,8443").split(",")
        return cls(allows_private=False, ports=frozenset(map(_port, listed)))


def _port(text: str) -> int:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and 0 < int(digits[:6]) <= _HIGHEST_PORT):
        raise InvalidSetting(_WEBHOOK_PORTS, "must be made of ports from 1 to 65535")
    return int(digits)


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """``secret_id`` names the {username, password} to add to ``url``; None where the server
    trusts us."""

    url: str
    secret_id: str | None

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """The application's. Refuses a URL with a password in it and, outside the laptop stack, one
        that does not say ``sslmode=verify-full``: libpq's other modes take any server for the right
        one.
        """
        return cls._read(environment, _DATABASE, "DATABASE_SECRET_ID")

    @classmethod
    def read_owner(cls, environment: Environment) -> Self:
        """The owner's, for migrations; refuses the same."""
        return cls._read(environment, "OWNER_DATABASE_URL", "OWNER_SECRET_ID")

    @classmethod
    def _read(cls, environment: Environment, name: str, secret: str) -> Self:
        database = required(environment, name)
        if database.partition("://")[0] not in {"postgresql", "postgres"}:
            raise InvalidSetting(name, "must start with postgresql://")
        if stage(environment) is not Stage.LOCAL and _query(database, "sslmode") != ["verify-full"]:
            raise InvalidSetting(name, "must say sslmode=verify-full, once")
        authority = database.partition("://")[2].partition("/")[0]
        user, separator, _ = authority.rpartition("@")
        if separator and user.partition(":")[2]:
            raise InvalidSetting(name, f"must not hold a password: use {secret}")
        return cls(database, environment.get(secret) or None)


@dataclass(frozen=True, slots=True)
class RedisSettings:
    """Where the projections are. ``secret_id`` names the {username, password} for it; None where
    it wants none."""

    url: str
    secret_id: str | None

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """``rediss`` is TLS; outside the laptop stack nothing may be said against its checks."""
        redis = url(environment, _REDIS, "rediss", "redis", "unix")
        is_unchecked = any(_query(redis, name) for name in _REDIS_CHECKS)
        if is_unchecked and stage(environment) is not Stage.LOCAL:
            raise InvalidSetting(_REDIS, f"must not set {' or '.join(_REDIS_CHECKS)}")
        return cls(redis, environment.get("REDIS_SECRET_ID") or None)


@dataclass(frozen=True, slots=True)
class WaitingSettings:
    """``places``: how many requests may wait for a status at once, all users together."""

    places: int

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Each place holds an execution environment; fifty unless it says otherwise."""
        return cls(whole("WAITING_PLACES", environment.get("WAITING_PLACES") or "50"))


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
    """The provisioning system, and how long one call to it may take. ``secret_id`` names the
    {token} that it wants to see; None where it wants none."""

    url: str
    timeout_seconds: float
    secret_id: str | None

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """The timeout must lie below every caller's function timeout; the template sees to that."""
        return cls(
            url(environment, "PROVISIONING_URL", "https", "http").rstrip("/"),
            positive(environment, "PROVISIONING_TIMEOUT_SECONDS"),
            environment.get("PROVISIONING_SECRET_ID") or None,
        )


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """Who issues tokens, with which keys, and how long they are good for."""

    keys_secret_id: str
    issuer: str
    access_seconds: int
    refresh_seconds: int
    session_seconds: int

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Lifetimes default to fifteen minutes, thirty days and, for a whole session, ninety."""
        return cls(
            required(environment, "TOKEN_KEYS_SECRET_ID"),
            url(environment, "TOKEN_ISSUER", "https", "http"),
            int(positive(environment, "ACCESS_TOKEN_SECONDS", "900")),
            int(positive(environment, "REFRESH_TOKEN_SECONDS", "2592000")),
            int(positive(environment, "SESSION_SECONDS", "7776000")),
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
            url(environment, "PUBLIC_URL", "https", "http").rstrip("/"),
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
            tuple(sorted({whole("REMINDER_DAYS", day) for day in days})),
            whole("RENEW_HOURS_BEFORE", required(environment, "RENEW_HOURS_BEFORE")),
            whole("GRACE_DAYS", required(environment, "GRACE_DAYS")),
        )


@dataclass(frozen=True, slots=True)
class FourEyesSettings:
    """Above which amount a credit waits for a second administrator: one for all currencies, and
    those of single ones, such as ``10000,JPY=1500000``.
    """

    otherwise: Decimal
    above: Mapping[str, Decimal]

    @classmethod
    def read(cls, environment: Environment) -> Self:
        """Whole units of the currency, zero or more."""
        name = "FOUR_EYES_ABOVE"
        first, *others = required(environment, name).split(",")
        above = {
            currency: _whole_units(name, amount)
            for currency, _, amount in (each.partition("=") for each in others)
        }
        unknown = sorted(above.keys() - MINOR_DIGITS.keys())
        if unknown:
            raise InvalidSetting(name, f"names no currency by {unknown[0]!r}")
        return cls(_whole_units(name, first), above)


def _whole_units(name: str, text: str) -> Decimal:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_UNITS):
        raise InvalidSetting(name, "must be made of whole amounts, such as 10000,JPY=1500000")
    return Decimal(text)


def queue_url(environment: Environment, name: str) -> str:
    """The URL of one queue."""
    return url(environment, name, "https", "http")


def _query(address: str, name: str) -> list[str]:
    return parse_qs(urlsplit(address).query, keep_blank_values=True).get(name, [])
