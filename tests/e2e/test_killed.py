"""The whole stack killed at one moment and started again: nothing that was accepted is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil  # type: ignore[import-untyped]
import pytest

from tests.e2e.client import TERMINAL, sign_in
from tests.local.http import Http
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
SETTLED_WITHIN_SECONDS = 60


class Stack:
    """``python -m infra.local run`` in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> Http:
        """Ready when it returns."""
        file = self.folder / "stack.json"
        file.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "infra.local", "run"],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(self.folder), "PORT": "0"},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        wait_for(file.exists, seconds=120)
        return Http(json.loads(file.read_text())["api"])

    def kill(self) -> None:
        """Every process of it, at the same moment; nobody is asked or told."""
        described = json.loads((self.folder / "stack.json").read_text())["pids"]
        roots = [psutil.Process(pid) for pid in described.values()]
        family = {each for root in roots for each in (root, *root.children(recursive=True))}
        for process in family:
            process.send_signal(signal.SIGSTOP)
        for process in family:
            process.kill()
        assert self.process is not None
        self.process.wait()
        psutil.wait_procs(family, timeout=20)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)


@pytest.fixture
def stack() -> Iterator[Stack]:
    """In a folder that no other run of pytest tidies up: PostgreSQL must find it after the kill."""
    with tempfile.TemporaryDirectory(prefix="offers-killed-") as folder:
        stack = Stack(Path(folder) / "stack")
        yield stack
        stack.stop()


@pytest.mark.parametrize("moment", ["at once", "while the provisioning system is asked"])
def test_what_was_accepted_is_settled_a_minute_after_the_restart(stack: Stack, moment: str) -> None:
    api = stack.start()
    if moment != "at once":
        api("PUT", "/_local/provisioning", {"mode": "ok", "latency_ms": 1500})
    customers = [sign_in(api, f"user{number}") for number in range(1, 6)]
    offers = customers[0].offers("sort=price")[:3]
    accepted = []
    for offer in offers:
        for number, customer in enumerate(customers):
            answer = customer.activate(offer["id"])
            assert answer.status == 202
            accepted.append((number, answer.json()["transaction_id"]))
    if moment != "at once":
        time.sleep(1)
    stack.kill()

    api = stack.start()
    began = time.monotonic()
    customers = [sign_in(api, f"user{number}") for number in range(1, 6)]

    def unsettled() -> list[dict[str, Any]]:
        found = [customers[n].get(f"/activation/status/{t}").json() for n, t in accepted]
        return [each for each in found if each["status"] not in TERMINAL]

    wait_for(lambda: not unsettled(), SETTLED_WITHIN_SECONDS)
    assert time.monotonic() - began < SETTLED_WITHIN_SECONDS
    report = api("POST", "/_local/schedules/VerifyLedgerFunction").json()
    assert report["breaches"] == []
