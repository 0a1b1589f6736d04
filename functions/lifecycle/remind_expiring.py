"""Finds subscriptions that end soon and whose owner is to be reminded."""

from offers.entrypoints.events import schedule, subscriptions
from offers.services.subscriptions.remind_expiring import RemindExpiring
from offers.wiring import make


def remind(run: schedule.Run) -> dict[str, int]:
    """How many reminders were handed to the workers."""
    return subscriptions.measure_sweep(make(RemindExpiring)(lambda: run.has_seconds(30)))


handler = schedule.handler("remind_expiring", remind)
