"""Where a run writes down what became of each row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from infra.cli.bulk.journal import Journal
from infra.cli.bulk.outcomes import MOST_NOTES_SHOWN, NOTES, Became, Outcome, Summary
from infra.cli.bulk.rejects import a_sheet, rejects_of
from infra.cli.bulk.rows import Row, Sheet, digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

    from infra.cli.errors import Refused


@dataclass
class Record:
    """The journal, the rejects, the notes, and the sums of all."""

    journal: Journal
    reject: Callable[[Row, Refused], str]
    note: Callable[[tuple[str, ...]], None]
    notes_file: Path
    summary: Summary = field(default_factory=Summary)

    @classmethod
    def of(cls, sheet: Sheet, place: str, open_files: ExitStack) -> Record:
        """Opens the files, which ``open_files`` will close."""
        journal = open_files.enter_context(Journal.of(sheet.file, digest(sheet.file, place)))
        reject = open_files.enter_context(rejects_of(sheet))
        notes_file = sheet.file.with_name(f"{sheet.file.name}.notes.csv")
        note = open_files.enter_context(a_sheet(notes_file, NOTES, sheet.delimiter))
        return cls(journal, reject, note, notes_file)

    def rejected(self, row: Row, refused: Refused) -> None:
        """A rule said no."""
        self.summary.rejects_file = self.reject(row, refused)
        self.summary.rejected += 1

    def settled(self, row: Row, outcome: Outcome) -> None:
        """What waits is not noted as done, so that the next run tells what has become of it."""
        self.summary.count(outcome.became)
        if outcome.is_final:
            self.journal.note(row.line)
        if outcome.became is not Became.DONE:
            known = {"line": str(row.line), "became": str(outcome.became), **outcome.facts}
            self.note(tuple(known.get(fact, "") for fact in NOTES))
            self.summary.notes_file = str(self.notes_file)
            if len(self.summary.notes) < MOST_NOTES_SHOWN:
                self.summary.notes.append(known)
