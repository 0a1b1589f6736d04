"""Finds subscriptions to renew or to end, and services to end outside."""

from offers.entrypoints.events import schedule, subscriptions
from offers.services.subscriptions.expire_and_renew import ExpireAndRenew
from offers.wiring import make

SECONDS_FOR_A_BATCH = 30
"""What finding and handing over one batch may take when SQS or the database is slow."""


def sweep(run: schedule.Run) -> dict[str, int]:
    """How many of each task were handed to the workers."""
    counts = make(ExpireAndRenew)(lambda: run.has_seconds(SECONDS_FOR_A_BATCH))
    return subscriptions.measure_sweep(counts)


handler = schedule.handler("expire_and_renew", sweep)
