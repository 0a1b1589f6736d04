"""Which rows of a file are done: what makes a run resumable."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self


@dataclass
class Journal:
    """A text file with one line number per finished row, beside the CSV file.

    It only saves time: what keeps a row from being done twice is its reference, which the API
    knows for ever. A row that was done but not yet noted is sent again and found to be done.
    """

    file: Path
    done: set[int] = field(default_factory=set)
    _appending: IO[str] | None = None

    @classmethod
    def of(cls, csv_file: Path, digest: str) -> Journal:
        """The journal of this very content, going to one place."""
        return cls(csv_file.with_name(f"{csv_file.name}.{digest[:12]}.journal"))

    def __enter__(self) -> Self:
        if self.file.exists():
            text = self.file.read_text(encoding="ascii")
            self.done = {int(line) for line in text.split("\n")[:-1] if line.isdigit()}
        self._appending = self.file.open("a", encoding="ascii", buffering=1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._appending is not None:
            self._appending.close()

    def note(self, line: int) -> None:
        """This row is done; on disk before the next one is."""
        if self._appending is not None:
            self._appending.write(f"{line}\n")
