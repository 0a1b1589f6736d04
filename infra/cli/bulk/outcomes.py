"""What becomes of the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Became(StrEnum):
    """What became of a row that was not refused."""

    DONE = "done"
    DONE_BEFORE = "done_before"
    """The ledger has it: somebody credited it before, whoever and from whatever file."""
    WAITING = "waiting"
    """A second administrator must agree."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``facts`` tell of a row that was done before, or waits: when, by whom, under which id."""

    became: Became = Became.DONE
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_final(self) -> bool:
        """Whether nothing more will become of it."""
        return self.became is not Became.WAITING


MOST_NOTES_SHOWN = 20
NOTES = ("line", "became", "reference", "at", "by", "id")


@dataclass
class Summary:
    """What became of the rows; ``skipped`` were done by an earlier run of the same file here."""

    done: int = 0
    done_before: int = 0
    waiting: int = 0
    skipped: int = 0
    rejected: int = 0
    rejects_file: str | None = None
    notes_file: str | None = None
    notes: list[dict[str, str]] = field(default_factory=list)
    """The first of the rows that were done before or wait; ``notes_file`` has all."""

    def count(self, became: Became) -> None:
        """One row more."""
        setattr(self, became, getattr(self, became) + 1)

    @property
    def total(self) -> int:
        """All rows looked at."""
        return self.done + self.done_before + self.waiting + self.skipped + self.rejected
