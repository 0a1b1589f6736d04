"""The provisioning system behind a circuit breaker."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeVar

from offers.adapters.breaker import Breaker
from offers.domain.outcome import NotDone, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from offers.domain.ids import TransactionId
    from offers.domain.outcome import Ending, Finding, Outcome
    from offers.ports.outside.provisioning import Provisioning, ProvisioningOrder

FAILURES_IN_A_ROW = 3
"""One lost answer says little; three in a row cost a batch of messages half of its time."""
PAUSE_SECONDS = 10.0


Said = TypeVar("Said", "Outcome", "Ending")


class BreakingProvisioning:
    """Port Provisioning: after some failures in a row nothing is asked for a while.

    What is not asked was not done, so an order is answered with NotDone and its message waits,
    using up no deliveries; a question is answered with Unknown. After the pause each call tries
    again, and a single failure ends that.
    """

    def __init__(self, system: Provisioning, breaker: Breaker | None = None) -> None:
        self._system = system
        self._breaker = breaker or Breaker("the provisioning system", PAUSE_SECONDS)
        self._failures = 0

    def activate(self, order: ProvisioningOrder) -> Outcome:
        """Ask, unless it is away."""
        return self._order(self._system.activate, order)

    def deactivate(self, order: ProvisioningOrder) -> Ending:
        """Likewise."""
        return self._order(self._system.deactivate, order)

    def find(self, operation_id: TransactionId) -> Finding:
        """Likewise."""
        if self._breaker.is_open:
            return Unknown("away, not asked")
        finding = self._system.find(operation_id)
        self._learn_from(finding)
        return finding

    def _order(
        self, ask: Callable[[ProvisioningOrder], Said], order: ProvisioningOrder
    ) -> Said | NotDone:
        if self._breaker.is_open:
            return NotDone(math.ceil(PAUSE_SECONDS), "away, not asked")
        outcome = ask(order)
        self._learn_from(outcome)
        return outcome

    def _learn_from(self, answer: Outcome | Ending | Finding) -> None:
        match answer:
            case NotDone(cause=cause) | Unknown(cause=cause):
                self._failures += 1
                if self._failures >= FAILURES_IN_A_ROW:
                    self._breaker.trip(cause)
            case _:
                self._failures = 0
                self._breaker.reset()
