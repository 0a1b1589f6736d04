"""Watches every call to a port, and can stop the work before or after any of them."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from offers.ports.store.work import Work


class Crash(BaseException):
    """The process ends here. Not an Exception: nothing may catch it and go on."""


@dataclass(frozen=True, slots=True)
class Point:
    """The n-th call to a port in a story, and whether its effect still happens."""

    number: int
    call: str
    takes_effect: bool

    def __str__(self) -> str:
        return f"{'after' if self.takes_effect else 'before'} {self.number} {self.call}"


def crash(_point: Point) -> None:
    """The default way to stop."""
    raise Crash


@dataclass
class Watch:
    """Records the calls it sees; armed with a point, it stops there."""

    calls: list[str] = field(default_factory=list)
    armed: Point | None = None
    stop: Callable[[Point], None] = crash

    def disarm(self) -> None:
        self.armed = None
        self.calls.clear()

    def points(self) -> list[Point]:
        """Every place where the story just told could have been cut."""
        return [
            Point(number, call, takes_effect)
            for number, call in enumerate(self.calls)
            for takes_effect in (False, True)
        ]

    def port(self, name: str, port: object) -> _Watched:
        return _Watched(self, name, port)

    def unit_of_work(
        self, name: str, opens: Callable[[], AbstractContextManager[Work]]
    ) -> Callable[[], AbstractContextManager[Any]]:
        """Watches every repository's every method, and the commit."""

        @contextmanager
        def watched() -> Iterator[Any]:
            with opens() as work:
                yield _WatchedWork(self, work)
                committing = self.enter(f"{name}.commit")
            self.leave(committing)

        return watched

    def enter(self, call: str) -> Point:
        """Before a call; the same point with its effect is passed to ``leave``."""
        number = len(self.calls)
        self.calls.append(call)
        self._stop_at(Point(number, call, takes_effect=False))
        return Point(number, call, takes_effect=True)

    def leave(self, point: Point) -> None:
        """After it took effect."""
        self._stop_at(point)

    def _stop_at(self, point: Point) -> None:
        if point == self.armed:
            self.stop(point)


class _Watched:
    """A port whose methods are watched under its name."""

    def __init__(self, watch: Watch, name: str, port: object) -> None:
        self._watch, self._name, self._port = watch, name, port

    def __getattr__(self, method: str) -> Any:
        target = getattr(self._port, method)

        def watched(*args: Any, **kwargs: Any) -> Any:
            point = self._watch.enter(f"{self._name}.{method}")
            result = target(*args, **kwargs)
            self._watch.leave(point)
            return result

        return watched


class _WatchedWork:
    """A unit of work whose repositories are watched under their names."""

    def __init__(self, watch: Watch, work: Work) -> None:
        self._watch, self._work = watch, work

    def __getattr__(self, repository: str) -> _Watched:
        return _Watched(self._watch, repository, getattr(self._work, repository))
