"""Follows the functions' log files; each line is read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass
class NewLines:
    """Of every function, or of one: ``function`` is its logical id."""

    folder: Path
    function: str | None = None
    offsets: dict[Path, int] = field(default_factory=dict)

    @classmethod
    def from_now(cls, folder: Path, function: str | None = None) -> NewLines:
        """Without what is there already."""
        lines = cls(folder, function)
        lines.offsets = {log: log.stat().st_size for log in lines._files()}
        return lines

    def read(self) -> Iterator[tuple[str, str]]:
        """(function, line) of each whole line since the last time, in order within a function."""
        for log in self._files():
            with log.open("rb") as file:
                file.seek(self.offsets.get(log, 0))
                content = file.read()
            complete = content[: content.rfind(b"\n") + 1]
            self.offsets[log] = self.offsets.get(log, 0) + len(complete)
            for line in complete.decode("utf-8", "replace").splitlines():
                yield log.stem, line

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"{self.function or '*Function'}.log"))
