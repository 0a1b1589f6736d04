"""The user guide's commands, run as they stand there."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from tests.docs.guides import commands_of
from tests.e2e.newcomer import add_customer

if TYPE_CHECKING:
    from pathlib import Path

    from infra.local.stack import LaptopStack

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(shutil.which("curl") is None, reason="the guide's commands are curl's"),
]

# Tells the status of each call on standard error, so that no call can fail unseen.
_TELLING_CURL = """
curl() { command curl -w '%{stderr}%{method} %{http_code} %{url_effective}\\n' "$@"; }
"""


def test_the_commands_of_the_user_guide_do_what_it_says(
    laptop_stack: LaptopStack, database: Any, tmp_path: Path
) -> None:
    commands = commands_of("user-guide.md").replace("http://127.0.0.1:3000", laptop_stack.url)
    script = _TELLING_CURL + commands.replace("user1", add_customer(database))

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=90,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    calls = [line.split(" ")[:2] for line in done.stderr.splitlines()]
    assert [status for _, status in calls[-2:]] == ["204", "401"], "signed out at the end"
    assert {status for _, status in calls[:-2]} <= {"200", "202", "304"}, done.stderr
    assert '"status":"SUCCESS"' in done.stdout
