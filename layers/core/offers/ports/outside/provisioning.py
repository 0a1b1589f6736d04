"""The provider's provisioning system (docs: CONTRACT, outgoing HTTP)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from offers.domain.ids import TransactionId, UserId
    from offers.domain.outcome import Ending, Finding, Outcome


class OrderKind(StrEnum):
    """What is ordered; the provisioning system reads the word."""

    ACTIVATION = "activation"
    RENEWAL = "renewal"
    DEACTIVATION = "deactivation"


@dataclass(frozen=True, slots=True)
class ProvisioningOrder:
    """What is to be activated or ended.

    ``operation_id`` is the same on every try, so that trying again is safe.
    """

    operation_id: TransactionId
    user_id: UserId
    offer_code: str
    kind: OrderKind
    expires_at: datetime


class Provisioning(Protocol):
    """Makes services work outside. No method raises: what is not understood is Unknown."""

    def activate(self, order: ProvisioningOrder) -> Outcome:
        """Ask for activation. Anything but a definite answer is Unknown."""

    def find(self, operation_id: TransactionId) -> Finding:
        """Ask what became of an operation."""

    def deactivate(self, order: ProvisioningOrder) -> Ending:
        """Ask for the end of a service. Anything but a definite answer is Unknown."""
