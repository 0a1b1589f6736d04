"""Shows what functions write while they write it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from infra.local.logs.words import in_words

if TYPE_CHECKING:
    from infra.local.logs.new_lines import NewLines
    from infra.local.progress import Say

PAUSE_SECONDS = 0.25


@dataclass
class LogFollower:
    """``say`` gets each line in words; only errors, with their tracebacks, if so wanted."""

    lines: NewLines
    say: Say
    is_error_only: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """In a thread of its own."""
        threading.Thread(target=self.follow, name="follow logs", daemon=True).start()

    def follow(self) -> None:
        """Until it is stopped."""
        while not self.stopping.wait(PAUSE_SECONDS):
            self.show()

    def show(self) -> None:
        """What is new."""
        for function, line in self.lines.read():
            if words := in_words(function, line, is_error_only=self.is_error_only):
                self.say(words)

    def stop(self) -> None:
        """After a last look."""
        self.stopping.set()
        self.show()
