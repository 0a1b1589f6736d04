"""What a soak reports. The soak itself runs as ``make soak``."""

from __future__ import annotations

from offers.domain.errors.catalogue import OfferNotFound
from offers.domain.ledger_report import LedgerReport
from tests.fakes.clock import START
from tests.soak import report
from tests.soak.events import Events


def test_what_nobody_foresaw_and_what_broke_a_promise_are_breaches() -> None:
    events = Events()
    for outcome in (OfferNotFound(), KeyError("surprise")):
        with events.measured("activate"):
            raise_(outcome)
    with events.checking("1 ledger"):
        raise_(AssertionError("overdrawn"))
    with events.measured("deliver") as note:
        note.outcome = "succeeded"

    text = report.write(events, LedgerReport(START, 0, 0, {}, ()), {}, 7, 60)

    assert text.startswith("# Soak: **2 breaches**")
    assert "surprise" in text
    assert "1 ledger: overdrawn" in text
    assert events.outcomes["activate"] == {"OfferNotFound": 1, "KeyError": 1}
    assert events.outcomes["deliver"] == {"succeeded": 1}


def raise_(error: Exception) -> None:
    raise error
