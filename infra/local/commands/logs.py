"""Shows what the functions of the running stack write, until Ctrl-C."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from infra.local.errors import StackError
from infra.local.logs.follow import LogFollower
from infra.local.logs.new_lines import NewLines
from infra.local.logs.words import in_words
from infra.local.progress import say_line
from infra.local.stack_folder import StackFolder

if TYPE_CHECKING:
    from infra.local.settings import StackSettings

SHOWN_FIRST = 20


def logs(settings: StackSettings, function: str | None) -> int:
    """The last lines, then every new one. Raises StackError for a function that wrote nothing."""
    folder = StackFolder(settings.data_folder).logs
    if function and not (folder / f"{function}.log").exists():
        message = f"{function} has written nothing yet: there is no {folder / function}.log."
        raise StackError(message)
    lines = NewLines(folder, function)
    said = [words for name, line in lines.read() if (words := in_words(name, line))]
    for words in said[-SHOWN_FIRST:]:
        say_line(words)
    try:
        LogFollower(lines, say_line).follow()
    except KeyboardInterrupt:
        sys.stdout.write("\n")
    return 0
