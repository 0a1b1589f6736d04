"""Bad luck, by chance: processes die, connections are cut, parts are away and come back."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.provisioning import Mode
from tests.proofs.watch import Point, Watch, crash

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine

    from tests.proofs.shaky import ShakyProjection
    from tests.proofs.world import World
    from tests.soak.events import Events

DEATHS_PER_CALL = 0.002
PAUSE_SECONDS = 0.25


@dataclass
class Fate(Watch):
    """Any call to a port may be the last of its process, before or after its effect."""

    chance: random.Random = field(default_factory=random.Random)
    deaths_per_call: float = DEATHS_PER_CALL
    deaths: int = 0

    def enter(self, call: str) -> Point:
        """Records nothing: a soak is long."""
        self._stop_at(Point(0, call, takes_effect=False))
        return Point(0, call, takes_effect=True)

    def _stop_at(self, point: Point) -> None:
        if self.chance.random() < self.deaths_per_call:
            self.deaths += 1
            crash(point)


@dataclass(frozen=True)
class Weather:
    """Changes every quarter of a second."""

    world: World
    projection: ShakyProjection
    engine: Engine
    events: Events
    chance: random.Random

    def blow(self, until: float) -> None:
        """One thread's work."""
        faults: list[tuple[str, Callable[[], None]]] = [
            ("SQS away", self._sqs_away),
            ("Redis away", self._redis_away),
            ("database connections cut", self._cut_connections),
            *[(f"provisioning: {mode}", lambda mode=mode: self._outside(mode)) for mode in Mode],
        ]
        while time.monotonic() < until:
            name, fault = self.chance.choice(faults)
            fault()
            self.events.faults[name] += 1
            time.sleep(PAUSE_SECONDS)
            self._clear()

    def _sqs_away(self) -> None:
        self.world.queues.is_away = True

    def _redis_away(self) -> None:
        self.projection.is_away = True

    def _outside(self, mode: Mode) -> None:
        self.world.provisioning.mode = mode

    def _cut_connections(self) -> None:
        with self.engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    def _clear(self) -> None:
        self.world.queues.is_away = self.projection.is_away = False
        if self.chance.random() < 0.5:  # an outage may last some turns
            self.world.provisioning.mode = Mode.OK
