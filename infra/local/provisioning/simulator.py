"""What a provisioning system does, and the ways in which it can fail to."""

from __future__ import annotations

import secrets
import threading
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


class Mode(StrEnum):
    """How the system behaves towards activations and deactivations."""

    OK = "ok"
    REJECT = "reject"
    """A definite refusal: 409."""
    UNAVAILABLE = "unavailable"
    """503, nothing done; queries are refused as well."""
    TIMEOUT_BEFORE_EFFECT = "timeout_before_effect"
    """No answer, nothing done."""
    TIMEOUT_AFTER_EFFECT = "timeout_after_effect"
    """No answer, but activated."""
    GARBAGE = "garbage"
    """An answer that means nothing, and nothing done; queries are answered as badly."""


@dataclass(frozen=True)
class Behaviour:
    """``count`` is for how many more changing calls the mode holds; None means until changed."""

    mode: Mode = Mode.OK
    latency_ms: int = 0
    count: int | None = None

    @classmethod
    def of(cls, wanted: Mapping[str, Any]) -> Behaviour:
        """Raises ValueError on an unknown mode or a negative number."""
        latency, count = wanted.get("latency_ms") or 0, wanted.get("count")
        if int(latency) < 0 or (count is not None and int(count) < 0):
            message = "latency_ms and count must not be negative"
            raise ValueError(message)
        number = int(count) if count is not None else None
        return cls(Mode(wanted.get("mode", Mode.OK)), int(latency), number)


@dataclass(frozen=True)
class Operation:
    """What became of one operation id. ``state`` is activated, not_activated or deactivated."""

    operation_id: str
    calls: int
    state: str
    reference: str | None = None


@dataclass(frozen=True)
class Answer:
    """A status and a body; ``never`` asks the server to keep the caller waiting instead."""

    status: int
    body: dict[str, Any] | str
    never: bool = False


@dataclass
class Simulator:
    """Thread-safe; idempotent by operation id, as a real one must be."""

    behaviour: Behaviour = field(default_factory=Behaviour)
    operations: dict[str, Operation] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def behave(self, behaviour: Behaviour) -> None:
        """From the next call on."""
        with self.lock:
            self.behaviour = behaviour

    def describe(self) -> dict[str, Any]:
        """How it behaves, and every operation it has heard of."""
        with self.lock:
            found = [asdict(operation) for operation in self.operations.values()]
            return {**asdict(self.behaviour), "activations": found}

    def activate(self, operation_id: str) -> Answer:
        """As the present mode says."""
        return self._change(operation_id, "activated")

    def deactivate(self, operation_id: str) -> Answer:
        """Likewise."""
        return self._change(operation_id, "deactivated")

    def find(self, operation_id: str) -> Answer:
        """What became of an operation."""
        with self.lock:
            if self.behaviour.mode is Mode.UNAVAILABLE:
                return _unavailable()
            if self.behaviour.mode is Mode.GARBAGE:
                return _garbage()
            known = self.operations.get(operation_id)
        if known is None:
            return Answer(404, {"code": "unknown_operation"})
        state = "activated" if known.state == "activated" else "not_activated"
        return Answer(200, {"state": state, "reference": known.reference})

    def _change(self, operation_id: str, state: str) -> Answer:
        with self.lock:
            mode = self._next_mode()
            known = self.operations.get(operation_id) or Operation(operation_id, 0, "not_activated")
            known = replace(known, calls=known.calls + 1)
            if mode in {Mode.OK, Mode.TIMEOUT_AFTER_EFFECT}:
                known = replace(known, state=state, reference=known.reference or _reference())
            self.operations[operation_id] = known
        return _answer(mode, known)

    def _next_mode(self) -> Mode:
        mode, count = self.behaviour.mode, self.behaviour.count
        if count is not None:
            left = count - 1
            self.behaviour = replace(self.behaviour, count=left) if left > 0 else Behaviour()
        return mode if count != 0 else Mode.OK


def _reference() -> str:
    return f"PRV-{secrets.token_hex(5).upper()}"


def _answer(mode: Mode, operation: Operation) -> Answer:
    match mode:
        case Mode.OK:
            status = 201 if operation.calls == 1 else 200
            return Answer(status, {"reference": operation.reference})
        case Mode.REJECT:
            reason = "The service is not available at this address."
            return Answer(409, {"code": "not_serviceable", "reason": reason})
        case Mode.UNAVAILABLE:
            return _unavailable()
        case Mode.GARBAGE:
            return _garbage()
        case Mode.TIMEOUT_BEFORE_EFFECT | Mode.TIMEOUT_AFTER_EFFECT:
            return Answer(504, {}, never=True)


def _unavailable() -> Answer:
    return Answer(503, {"code": "unavailable", "reason": "maintenance"})


def _garbage() -> Answer:
    return Answer(200, "<html>It works!</html>")
