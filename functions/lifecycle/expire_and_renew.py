"""Finds subscriptions to renew or to end, and services to end outside."""

from offers.entrypoints.events import schedule, subscriptions
from offers.services.subscriptions.expire_and_renew import ExpireAndRenew
from offers.wiring import make


def sweep(run: schedule.Run) -> dict[str, int]:
    """How many of each task were handed to the workers."""
    return subscriptions.measure_sweep(make(ExpireAndRenew)(lambda: run.has_seconds(30)))


handler = schedule.handler("expire_and_renew", sweep)
