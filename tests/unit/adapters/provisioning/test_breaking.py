"""While the provisioning system is away it is left alone, and nothing that it did not do is
claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.adapters.breaker import Breaker
from offers.adapters.provisioning.breaking import FAILURES_IN_A_ROW, BreakingProvisioning
from offers.domain.outcome import Activated, NotDone, Refused, Unknown
from tests.contract.values import an_order
from tests.fakes.provisioning import FakeProvisioning, Mode

if TYPE_CHECKING:
    from offers.domain.outcome import Outcome


class Outage:
    """A provisioning system, its breaker, and a clock that moves by hand."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.outside = FakeProvisioning()
        breaker = Breaker("it", 10, lambda: self.now)
        self.provisioning = BreakingProvisioning(self.outside, breaker)

    def try_as(self, *modes: Mode) -> list[Outcome]:
        outcomes = []
        for mode in modes:
            self.outside.mode = mode
            outcomes.append(self.provisioning.activate(an_order()))
        return outcomes

    @property
    def calls(self) -> int:
        return len(self.outside.orders)


def test_after_some_failures_in_a_row_it_is_left_alone() -> None:
    outage = Outage()
    outage.try_as(Mode.UNAVAILABLE, Mode.GARBAGE, Mode.TIMEOUT_BEFORE_EFFECT)

    (outcome,) = outage.try_as(Mode.OK)

    assert outcome == NotDone(10, "away, not asked")
    assert outage.provisioning.find(an_order().operation_id) == Unknown("away, not asked")
    assert outage.provisioning.deactivate(an_order()) == NotDone(10, "away, not asked")
    assert outage.calls == FAILURES_IN_A_ROW


def test_a_definite_answer_ends_the_row() -> None:
    outage = Outage()
    outage.try_as(Mode.GARBAGE, Mode.GARBAGE, Mode.REJECT, Mode.GARBAGE, Mode.GARBAGE)

    (outcome,) = outage.try_as(Mode.REJECT)

    assert isinstance(outcome, Refused)
    assert outage.calls == 6


def test_after_the_pause_one_failure_is_enough_and_one_success_ends_it() -> None:
    outage = Outage()
    outage.try_as(*[Mode.UNAVAILABLE] * FAILURES_IN_A_ROW)
    outage.now += 10
    outage.try_as(Mode.UNAVAILABLE, Mode.OK)
    assert outage.calls == FAILURES_IN_A_ROW + 1

    outage.now += 10
    outcomes = outage.try_as(Mode.OK, Mode.UNAVAILABLE, Mode.UNAVAILABLE, Mode.OK)

    assert [type(each) for each in outcomes] == [Activated, NotDone, NotDone, Activated]
    assert outage.calls == FAILURES_IN_A_ROW + 5


def test_questions_count_too() -> None:
    outage = Outage()
    outage.outside.mode = Mode.GARBAGE
    for _ in range(FAILURES_IN_A_ROW):
        outage.provisioning.find(an_order().operation_id)

    (outcome,) = outage.try_as(Mode.OK)

    assert outcome == NotDone(10, "away, not asked")
