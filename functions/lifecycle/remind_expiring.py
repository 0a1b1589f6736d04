"""Finds subscriptions that end soon and whose owner is to be reminded."""

from offers import wiring
from offers.entrypoints import lifecycle, schedule


def remind(run: schedule.Run) -> dict[str, int]:
    """How many reminders were handed to the workers."""
    return lifecycle.measure_sweep(wiring.remind_expiring()(lambda: run.has_seconds(30)))


handler = schedule.handler("remind_expiring", remind)
