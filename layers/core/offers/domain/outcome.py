"""What the provisioning system said, as types: matched exhaustively, never a boolean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Activated:
    """The service is active; ``reference`` is the provisioning system's own."""

    reference: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The service is definitely not active and will not be: refund."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class NotDone:
    """Nothing was done; the same request may pass later."""

    retry_after_seconds: int
    cause: str = "unavailable"


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been done: never refund on this. ``cause`` is for operators."""

    cause: str


Outcome = Activated | Refused | NotDone | Unknown


@dataclass(frozen=True, slots=True)
class Done:
    """The service has ended, or never was; ``reference`` is the provisioning system's, if any."""

    reference: str = ""


Ending = Done | Refused | NotDone | Unknown
"""What became of an order to end a service."""


@dataclass(frozen=True, slots=True)
class NotActivated:
    """Asked by operation id, the provisioning system says definitely not active."""


@dataclass(frozen=True, slots=True)
class InProgress:
    """Asked by operation id, the provisioning system is still on it."""


Finding = Activated | NotActivated | InProgress | Unknown
