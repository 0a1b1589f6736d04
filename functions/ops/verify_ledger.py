"""Proves the ledger's rules over the whole database."""

from typing import Any

from offers.entrypoints import telemetry
from offers.entrypoints.events import schedule
from offers.entrypoints.metric_names import Metric
from offers.services.ledger.record_ledger_verification import RecordLedgerVerification
from offers.wiring import make


def verify(_run: schedule.Run) -> dict[str, Any]:
    """The report; one metric per rule, zero where it holds, so that an alarm sees silence too."""
    report = make(RecordLedgerVerification)()
    for rule, breaches in report.counts.items():
        telemetry.measure(Metric.LEDGER_BREACHES, breaches, rule=rule)
    return report.document()


handler = schedule.handler("verify_ledger", verify)
