"""Forgets what the stack has stored."""

import sys

from infra.local.data_folder import DataFolder
from infra.local.servers.started import StartedProcesses
from infra.local.settings import StackSettings


def reset(settings: StackSettings) -> int:
    """Raises StackError while a stack runs on the folder."""
    data = DataFolder(settings.data_folder)
    if data.root.exists():
        data.lock()
        StartedProcesses(data.started_processes).stop_leftovers()
        data.clear()
        data.unlock()
    sys.stdout.write(f"Cleared {data.root}\n")
    return 0
