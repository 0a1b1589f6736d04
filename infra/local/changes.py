"""Notices what a developer changes, so that the next request runs it."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.errors import StackError
from infra.local.settings import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infra.local.progress import Say
    from infra.local.stack import LaptopStack

PAUSE_SECONDS = 0.4
NOT_SOURCE = {"__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache"}
Seen = dict[str, float]


@dataclass
class ChangeWatcher:
    """Handlers, layers and templates: loaded anew without a restart. Queues and schedules that
    come or go still need one, and it says so."""

    stack: LaptopStack
    say: Say
    stopping: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Watch in a thread."""
        threading.Thread(target=self._watch, name="watch changes", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self.stopping.set()

    def _watch(self) -> None:
        code, templates = self._code(), self._templates()
        while not self.stopping.wait(PAUSE_SECONDS):
            now_code, now_templates = self._code(), self._templates()
            if now_templates != templates:
                self._read_template(_changed(templates, now_templates))
            elif now_code != code:
                self.stack.runtime.renew()
                self.say(f"Changed: {_changed(code, now_code)}; the next request runs it.")
            code, templates = now_code, now_templates

    def _read_template(self, changed: str) -> None:
        try:
            is_whole = self.stack.renew_template()
        except StackError as error:
            self.say(f"Changed: {changed}, but it stays as it was. {error}")
            return
        rest = "" if is_whole else " Queues or schedules changed too: those need a restart."
        self.say(f"Changed: {changed}; routes and functions are the new ones.{rest}")

    def _code(self) -> Seen:
        functions = self.stack.runtime.functions.values()
        folders = {folder for f in functions for folder in (f.code_folder, *f.layer_folders)}
        return {path: at for folder in folders for path, at in _files(str(folder))}

    def _templates(self) -> Seen:
        template = self.stack.settings.template
        files = [template, *template.parent.glob("infra/*.yaml"), *template.parent.glob("nested/*")]
        return {str(file): file.stat().st_mtime for file in files if file.exists()}


def _files(folder: str) -> Iterator[tuple[str, float]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name not in NOT_SOURCE:
                yield from _files(entry.path)
        elif not entry.name.endswith(".pyc"):
            yield entry.path, entry.stat().st_mtime


def _changed(before: Seen, now: Seen) -> str:
    """The first of them, by name."""
    paths = sorted(path for path in {*before, *now} if before.get(path) != now.get(path))
    first = Path(paths[0])
    shown = first.relative_to(ROOT) if first.is_relative_to(ROOT) else first
    return str(shown) if len(paths) == 1 else f"{shown} and {len(paths) - 1} more"
