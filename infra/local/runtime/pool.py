"""Execution environments: kept warm, reused, limited in number, dropped when long idle."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from infra.local.runtime.environment import Environment, InitFailed
from infra.local.template.model import FunctionSpec

MAX_ENVIRONMENTS = 100
MAX_STARTING = 4
"""Cold starts at once. A burst then waits for the first environments instead of forking fifty."""
IDLE_SECONDS = 300.0

StartEnvironment = Callable[[FunctionSpec], Environment]


@dataclass
class EnvironmentPool:
    """Hands out environments; each serves one invocation at a time, as Lambda's do."""

    start: StartEnvironment
    max_environments: int = MAX_ENVIRONMENTS
    idle: dict[str, list[Environment]] = field(default_factory=lambda: defaultdict(list))
    busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    serving: list[Environment] = field(default_factory=list)
    starting: int = 0
    closed: bool = False
    outdated: set[int] = field(default_factory=set)
    """Process ids of environments that serve their last invocation."""
    changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def environment(self, function: FunctionSpec) -> Iterator[Environment]:
        """Borrow an environment; waits while the limits are reached.

        Raises InitFailed when it cannot be loaded or the pool is closed.
        """
        borrowed = self._borrow(function)
        with self.changed:
            self.serving.append(borrowed)
        try:
            yield borrowed
        finally:
            self._give_back(borrowed)

    def close(self, grace_seconds: float = 2.0) -> None:
        """Let invocations under way end by themselves for a while, then end them."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
            self.changed.wait_for(lambda: not self.serving, grace_seconds)
            for environment in self.serving:
                environment.kill()
            for environment in self._all_idle():
                environment.close()
            self.idle.clear()

    def renew(self) -> None:
        """Whoever comes next gets an environment made after this moment."""
        with self.changed:
            for environment in self._all_idle():
                self._drop(environment)
            self.outdated.update(environment.pid for environment in self.serving)

    def count(self, name: str) -> int:
        """How many environments a function has."""
        with self.changed:
            return len(self.idle[name]) + self.busy[name]

    def _borrow(self, function: FunctionSpec) -> Environment:
        with self.changed:
            while self._is_open() and not self._may_start(function):
                if self.idle[function.name]:
                    self.busy[function.name] += 1
                    return self.idle[function.name].pop()
                self.changed.wait()
            self.starting += 1
            self.busy[function.name] += 1
        return self._started(function)

    def _is_open(self) -> bool:
        if self.closed:
            raise InitFailed({"errorType": "ServiceException", "errorMessage": "stopping"})
        return True

    def _all_idle(self) -> list[Environment]:
        return [environment for found in self.idle.values() for environment in found]

    def _may_start(self, function: FunctionSpec) -> bool:
        if self.idle[function.name] or self.starting >= MAX_STARTING:
            return False
        limit = function.reserved_concurrency or self.max_environments
        if self.busy[function.name] >= limit:
            return False
        return self._total() < self.max_environments or self._drop_longest_idle()

    def _total(self) -> int:
        return sum(self.busy.values()) + sum(len(found) for found in self.idle.values())

    def _drop_longest_idle(self) -> bool:
        if not (idle := self._all_idle()):
            return False
        self._drop(min(idle, key=lambda environment: environment.last_used))
        return True

    def _drop(self, environment: Environment) -> None:
        self.idle[environment.function.name].remove(environment)
        environment.close()

    def _started(self, function: FunctionSpec) -> Environment:
        environment: Environment | None = None
        try:
            environment = self.start(function)
            return environment
        finally:
            with self.changed:
                self.starting -= 1
                if environment is None:
                    self.busy[function.name] -= 1
                self.changed.notify_all()

    def _give_back(self, environment: Environment) -> None:
        with self.changed:
            self.busy[environment.function.name] -= 1
            self.serving.remove(environment)
            if environment.alive and (self.closed or environment.pid in self.outdated):
                environment.close()
                self.outdated.discard(environment.pid)
            elif environment.alive:
                self.idle[environment.function.name].append(environment)
            self._drop_stale()
            self.changed.notify_all()

    def _drop_stale(self) -> None:
        oldest = time.monotonic() - IDLE_SECONDS
        for environment in self._all_idle():
            if environment.last_used < oldest:
                self._drop(environment)
