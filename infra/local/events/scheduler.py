"""Runs the template's scheduled functions on the stack's clock."""

from __future__ import annotations

import json
import threading
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.local.events.schedule_expression import At, Cron, Rate, parse_schedule
from infra.local.template.names import ACCOUNT, REGION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from infra.local.clock import MovableClock
    from infra.local.runtime.environment import Invocation
    from infra.local.runtime.lambda_runtime import LambdaRuntime
    from infra.local.template.model import Schedule

TICK_SECONDS = 0.5


@dataclass
class _Timer:
    """When a schedule is due next. A clock that jumps past several moments runs it once."""

    schedule: Schedule
    times: Rate | At | Cron
    due: datetime | None
    running: threading.Lock = field(default_factory=threading.Lock)


def _first(times: Rate | At | Cron, now: datetime) -> datetime | None:
    """A rate begins at once, as EventBridge Scheduler's do when they are made."""
    return now if isinstance(times, Rate) else times.next_after(now)


@dataclass
class Scheduler:
    """One thread watches the clock; each run has a thread of its own and never overlaps itself."""

    schedules: tuple[Schedule, ...]
    clock: MovableClock
    runtime: LambdaRuntime
    stopping: threading.Event = field(default_factory=threading.Event)
    timers: list[_Timer] = field(default_factory=list)

    @classmethod
    def start(
        cls, schedules: Iterable[Schedule], clock: MovableClock, runtime: LambdaRuntime
    ) -> Scheduler:
        """Watch the clock in a thread."""
        scheduler = cls(tuple(schedules), clock, runtime)
        now = clock.now()
        for schedule in scheduler.schedules:
            if schedule.enabled:
                times = parse_schedule(schedule.expression, schedule.timezone)
                scheduler.timers.append(_Timer(schedule, times, _first(times, now)))
        threading.Thread(target=scheduler._watch, name="scheduler", daemon=True).start()
        return scheduler

    def stop(self) -> None:
        """Begin nothing more."""
        self.stopping.set()

    def run_now(self, function_name: str) -> Invocation | None:
        """None when the template schedules no such function."""
        for schedule in self.schedules:
            if schedule.function_name == function_name:
                return self._invoke(schedule)
        return None

    def _watch(self) -> None:
        while not self.stopping.wait(TICK_SECONDS):
            now = self.clock.now()
            for timer in self.timers:
                if timer.due and timer.due <= now:
                    timer.due = timer.times.next_after(now)
                    threading.Thread(target=self._run, args=(timer,), daemon=True).start()

    def _run(self, timer: _Timer) -> None:
        if timer.running.acquire(blocking=False):
            try:
                self._invoke(timer.schedule)
            finally:
                timer.running.release()

    def _invoke(self, schedule: Schedule) -> Invocation:
        return self.runtime.invoke(schedule.function_name, self._event(schedule))

    def _event(self, schedule: Schedule) -> Any:
        """A schedule's input, else the event that EventBridge sends by default."""
        if schedule.input:
            return json.loads(schedule.input)
        name = schedule.function_name
        return {
            "version": "0",
            "id": str(uuid.uuid4()),
            "detail-type": "Scheduled Event",
            "source": "aws.scheduler",
            "account": ACCOUNT,
            "time": f"{self.clock.now():%Y-%m-%dT%H:%M:%SZ}",
            "region": REGION,
            "resources": [f"arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/default/{name}"],
            "detail": "{}",
        }
