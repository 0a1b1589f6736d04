"""Why a command ends without having done what it was asked; each has its exit code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, ClassVar


class ExitCode(IntEnum):
    """What scripts may rely on; 2 is also what typer says to a wrong option."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    UNREACHABLE = 3


class CommandError(Exception):
    """Ends the command with one sentence on standard error."""

    exit_code: ClassVar[ExitCode]


class Refused(CommandError):
    """A rule said no, or a proof found a breach. ``code`` is the API's stable error code, and
    ``problem`` its document if there was one.
    """

    exit_code = ExitCode.REFUSED

    def __init__(
        self, message: str, code: str = "refused", problem: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.problem = problem or {}

    @classmethod
    def of(cls, problem: dict[str, Any]) -> Refused:
        """From a problem document (RFC 9457), naming each wrong field."""
        details = [f"{each['location']}: {each['message']}" for each in problem.get("errors", [])]
        sentences = [str(problem.get("detail") or problem.get("title") or "Refused."), *details]
        return cls(" ".join(sentences), str(problem.get("code", "refused")), problem)


class WrongUse(CommandError):
    """The command cannot be meant like this."""

    exit_code = ExitCode.USAGE


class Unreachable(CommandError):
    """The stack does not answer, or cannot answer now; trying again may help."""

    exit_code = ExitCode.UNREACHABLE
