"""What the functions of a subscription's life measure and answer."""

from __future__ import annotations

from collections.abc import Mapping

from offers.domain.due_task import DueTask, SubscriptionStep, Task
from offers.entrypoints import telemetry
from offers.entrypoints.metric_names import Metric
from offers.services.subscriptions.step_taken import StepTaken


def measure_step(due: DueTask, result: StepTaken) -> None:
    """One look, and the purchase it may have led to, as every other purchase is measured."""
    telemetry.logger.info(
        "lifecycle step",
        extra={
            "subscription_id": str(due.subscription_id),
            "task": due.task,
            "step": result.step,
        },
    )
    telemetry.measure(Metric.SUBSCRIPTION_STEPS, step=result.step)
    if result.step is SubscriptionStep.FLAGGED:
        telemetry.measure(Metric.ATTENTION_REQUIRED)
    if result.transaction is not None:
        amount = result.transaction.amount
        telemetry.about_transaction(result.transaction.id)
        telemetry.measure(Metric.ACTIVATIONS_ACCEPTED, kind=result.transaction.kind)
        telemetry.measure(Metric.AMOUNT_CHARGED, float(amount.amount), currency=amount.currency)


def measure_sweep(counts: Mapping[str, int]) -> dict[str, int]:
    """How much of each task a sweep handed over; its answer."""
    for task in Task:
        if task in counts:
            telemetry.measure(Metric.SUBSCRIPTIONS_DUE, counts[task], task=task)
    return dict(counts)
