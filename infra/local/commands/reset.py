"""Forgets what the stack has stored."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from infra.local.servers.started import StartedProcesses
from infra.local.stack_folder import StackFolder

if TYPE_CHECKING:
    from infra.local.settings import StackSettings


def reset(settings: StackSettings) -> int:
    """Raises StackError while a stack runs on the folder."""
    data = StackFolder(settings.data_folder)
    if data.root.exists():
        data.lock()
        StartedProcesses(data.started_processes).stop_leftovers()
        data.clear()
        data.unlock()
    sys.stdout.write(f"Cleared {data.root}\n")
    return 0
