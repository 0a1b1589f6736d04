"""Finds subscriptions to renew or to end, and services to end outside."""

from offers import wiring
from offers.entrypoints import lifecycle, schedule


def sweep(run: schedule.Run) -> dict[str, int]:
    """How many of each task were handed to the workers."""
    return lifecycle.measure_sweep(wiring.expire_and_renew()(lambda: run.has_seconds(30)))


handler = schedule.handler("expire_and_renew", sweep)
