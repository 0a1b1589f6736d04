"""DATA_DIR: what the stack keeps between runs, and the lock that says it is running."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from infra.local.errors import StackError

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class StackFolder:
    """Paths below DATA_DIR. Safe to delete as a whole while no stack runs."""

    root: Path
    _lock: IO[str] | None = None

    def __post_init__(self) -> None:
        self.root = self.root.resolve()

    @property
    def logs(self) -> Path:
        """A file for each function and each server."""
        return self.root / "logs"

    @property
    def postgres(self) -> Path:
        """The cluster."""
        return self.root / "postgres"

    @property
    def redis(self) -> Path:
        """Its append-only file."""
        return self.root / "redis"

    @property
    def clock_offset(self) -> Path:
        """Seconds that the stack's clock is ahead, which every function reads."""
        return self.root / "clock-offset"

    @property
    def token_keys(self) -> Path:
        """The secret that signs tokens."""
        return self.root / "token-keys.json"

    @property
    def sealing_keys(self) -> Path:
        """The secret that seals what the database must not tell."""
        return self.root / "sealing-keys.json"

    @property
    def mailbox(self) -> Path:
        """Every email that was sent."""
        return self.root / "mailbox.jsonl"

    @property
    def messages(self) -> Path:
        """What the queues hold."""
        return self.root / "messages.jsonl"

    @property
    def api_keys(self) -> Path:
        """API Gateway's keys and usage plans."""
        return self.root / "api-keys.json"

    @property
    def started_processes(self) -> Path:
        """Servers to end, should the stack be killed."""
        return self.root / "processes.json"

    @property
    def stack_file(self) -> Path:
        """Where everything answers."""
        return self.root / "stack.json"

    def lock(self) -> None:
        """Raises StackError while another stack uses this folder.

        The lock is the kernel's and ends with the process, however it ends, so it is never stale.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        self.redis.mkdir(exist_ok=True)
        self._lock = (self.root / "lock").open("w", encoding="utf-8")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.unlock()
            message = f"A stack is already running on {self.root}; stop it first (Ctrl-C there)."
            raise StackError(message) from error
        for file in (self.token_keys, self.sealing_keys, self.api_keys, self.mailbox):
            if file.exists():  # perhaps from before they were this user's only
                file.chmod(0o600)

    def unlock(self) -> None:
        """Let another stack use the folder; again is harmless."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def is_in_use(self) -> bool:
        """Whether a stack runs on it."""
        if not (self.root / "lock").exists():
            return False
        probe = StackFolder(self.root)
        try:
            probe.lock()
        except StackError:
            return True
        probe.unlock()
        return False

    def running_stack(self) -> dict[str, Any] | None:
        """stack.json of the stack that runs on this folder, if one does and is ready."""
        if not self.stack_file.exists() or not self.is_in_use():
            return None
        described: dict[str, Any] = json.loads(self.stack_file.read_text(encoding="utf-8"))
        return described

    def clear(self) -> None:
        """Forget everything."""
        if self.root.exists():
            shutil.rmtree(self.root)


def write_atomically(path: Path, text: str) -> None:
    """Readers see the old text or the new, never half of it; nobody else on the machine sees it."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    with open_private(draft) as file:
        file.write(text)
    draft.replace(path)


def open_private(path: Path) -> IO[str]:
    """Open to append; it belongs to this user alone from its first byte on, or from now on."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "a", encoding="utf-8")
