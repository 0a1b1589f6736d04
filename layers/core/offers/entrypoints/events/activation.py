"""What every look at a transaction in the background logs, measures and answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from offers.domain.ids import TransactionId
from offers.domain.transaction import Transaction
from offers.entrypoints import telemetry
from offers.entrypoints.events import sqs_batch
from offers.entrypoints.metric_names import Metric
from offers.services.activation.progress import Progress, Step


def result_of(transaction_id: TransactionId, step: Step) -> sqs_batch.Result:
    """Measure the step and say whether its message is done with."""
    telemetry.about_transaction(transaction_id)
    _measure(step)
    if step.retry_after_seconds is None:
        return sqs_batch.DONE
    return sqs_batch.Retry(step.retry_after_seconds)


def tally(steps: Iterable[Step]) -> dict[str, int]:
    """Measure each step and count them by kind."""
    counted: Counter[str] = Counter()
    for step in steps:
        if step.transaction is not None:
            telemetry.about_transaction(step.transaction.id)
        _measure(step)
        counted[step.progress] += 1
    return dict(counted)


def _measure(step: Step) -> None:
    telemetry.logger.info("activation step", extra={"progress": step.progress})
    match step.progress, step.transaction:
        case Progress.SUCCEEDED, Transaction() as settled:
            telemetry.measure(Metric.ACTIVATIONS_SUCCEEDED, kind=settled.kind)
            _measure_time(settled)
        case Progress.FAILED, Transaction() as settled:
            refunded = settled.amount
            telemetry.measure(Metric.ACTIVATIONS_FAILED, kind=settled.kind)
            telemetry.measure(
                Metric.AMOUNT_REFUNDED, float(refunded.amount), currency=refunded.currency
            )
            _measure_time(settled)
        case Progress.POSTPONED, _:
            telemetry.measure(Metric.ACTIVATIONS_POSTPONED)
        case Progress.UNKNOWN, _:
            telemetry.measure(Metric.ACTIVATIONS_UNKNOWN)
        case ((Progress.FLAGGED | Progress.CONTRADICTED), _):
            telemetry.measure(Metric.ATTENTION_REQUIRED)
        case _:
            pass


def _measure_time(settled: Transaction) -> None:
    if settled.completed_at is not None:
        seconds = (settled.completed_at - settled.created_at).total_seconds()
        telemetry.measure(Metric.TIME_TO_TERMINAL, seconds, kind=settled.kind)
