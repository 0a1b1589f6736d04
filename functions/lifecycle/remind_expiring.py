"""Finds subscriptions that end soon and whose owner is to be reminded."""

from offers.entrypoints.events import schedule, subscriptions
from offers.services.subscriptions.remind_expiring import RemindExpiring
from offers.wiring import make

SECONDS_FOR_A_BATCH = 30
"""What finding and handing over one batch may take when SQS or the database is slow."""


def remind(run: schedule.Run) -> dict[str, int]:
    """How many reminders were handed to the workers."""
    counts = make(RemindExpiring)(lambda: run.has_seconds(SECONDS_FOR_A_BATCH))
    return subscriptions.measure_sweep(counts)


handler = schedule.handler("remind_expiring", remind)
