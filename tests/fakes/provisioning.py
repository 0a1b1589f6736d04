"""Port Provisioning in memory: an outside that remembers operations and can fail in every way."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from offers.domain.outcome import Activated, Done, NotActivated, NotDone, Refused, Unknown

if TYPE_CHECKING:
    from offers.domain.ids import TransactionId
    from offers.domain.outcome import Ending, Finding, Outcome
    from offers.ports.outside.provisioning import ProvisioningOrder


class Mode(StrEnum):
    """How the outside behaves, in the words of the laptop stack's simulator."""

    OK = "ok"
    REJECT = "reject"
    UNAVAILABLE = "unavailable"
    TIMEOUT_BEFORE_EFFECT = "timeout_before_effect"
    TIMEOUT_AFTER_EFFECT = "timeout_after_effect"
    GARBAGE = "garbage"


class FakeProvisioning:
    """``mode`` is how it behaves now; ``upcoming`` modes go first, one for each call.

    An operation takes effect once, whatever the number of calls: ``calls`` counts the tries,
    ``activated`` and ``refused`` hold what became of each operation.
    """

    def __init__(self) -> None:
        self.mode = Mode.OK
        self.upcoming: list[Mode] = []
        self.calls: dict[TransactionId, int] = {}
        self.activated: dict[TransactionId, str] = {}
        self.refused: set[TransactionId] = set()
        self.orders: list[ProvisioningOrder] = []

    def activate(self, order: ProvisioningOrder) -> Outcome:
        self.orders.append(order)
        self.calls[order.operation_id] = self.calls.get(order.operation_id, 0) + 1
        match self._next_mode():
            case Mode.OK:
                return self._activate(order.operation_id)
            case Mode.REJECT:
                return self._reject(order.operation_id)
            case Mode.UNAVAILABLE:
                return NotDone(30, "status 503")
            case Mode.TIMEOUT_AFTER_EFFECT:
                self._activate(order.operation_id)
                return Unknown("timeout")
            case Mode.TIMEOUT_BEFORE_EFFECT:
                return Unknown("timeout")
            case Mode.GARBAGE:
                return Unknown("success without a reference")

    def find(self, operation_id: TransactionId) -> Finding:
        if self._next_mode() not in (Mode.OK, Mode.REJECT):
            return Unknown("timeout")
        if operation_id in self.activated:
            return Activated(self.activated[operation_id])
        return NotActivated()

    def deactivate(self, order: ProvisioningOrder) -> Ending:
        match self._next_mode():
            case Mode.OK | Mode.REJECT:
                return Done(self.activated.pop(order.operation_id, ""))
            case Mode.UNAVAILABLE:
                return NotDone(30, "status 503")
            case _:
                return Unknown("timeout")

    def _next_mode(self) -> Mode:
        return self.upcoming.pop(0) if self.upcoming else self.mode

    def _activate(self, operation_id: TransactionId) -> Outcome:
        if operation_id in self.refused:
            return self._reject(operation_id)
        reference = self.activated.setdefault(operation_id, f"PRV-{len(self.activated) + 1}")
        return Activated(reference)

    def _reject(self, operation_id: TransactionId) -> Outcome:
        if operation_id in self.activated:
            return Activated(self.activated[operation_id])
        self.refused.add(operation_id)
        return Refused("address_not_served", "This address is not served.")
