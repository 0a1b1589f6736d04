"""What a developer sees in the terminal of a running stack, and what the stack sees of changes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from tests.local.conftest import SHOP
from tests.local.http import Http
from tests.local.test_lifecycle import ROOT, RUN
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.integration


@dataclass
class Terminal:
    """``make run`` on a shop of its own."""

    shop: Path
    process: subprocess.Popen[str]
    addresses: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def http(self) -> Http:
        return Http(self.addresses["api"])

    def read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def shows(self, *words: str, seconds: float = 10) -> str:
        """The first line with all of them."""

        def look() -> str:
            return next((x for x in self.lines if all(word in x for word in words)), "")

        return wait_for(look, seconds)

    def replace(self, file: str, old: str, new: str) -> None:
        path = self.shop / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("developing")
    shop, data = folder / "shop", folder / "data"
    shutil.copytree(SHOP.parent, shop)
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, str(data), "0", str(shop / "template.yaml")],
        cwd=ROOT,
        env={**os.environ, "QUIET": ""},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    terminal = Terminal(shop, process)
    reader = threading.Thread(target=terminal.read)
    reader.start()
    wait_for(lambda: (data / "stack.json").exists() or process.poll() is not None, seconds=90)
    terminal.addresses = json.loads((data / "stack.json").read_text())
    yield terminal
    process.send_signal(signal.SIGTERM)
    process.wait(60)
    reader.join()
    assert process.stdout
    process.stdout.close()


def test_each_request_is_a_line(terminal: Terminal) -> None:
    answer = terminal.http("GET", "/open").json()
    line = terminal.shows("GET /open 200", "ms EchoFunction")
    assert answer["event"]["requestContext"]["requestId"] in line
    terminal.http("GET", "/nowhere")
    assert terminal.shows("GET /nowhere 404", " - ")


def test_each_error_comes_with_its_traceback(terminal: Terminal) -> None:
    terminal.http("POST", "/misbehave", {"do": "raise"})
    terminal.shows("MisbehaveFunction", "ERROR", "invocation failed")
    terminal.shows("    ", "misbehave.py", "line")
    terminal.shows("    ", "KeyError")


def test_a_changed_handler_is_run_by_the_next_request(terminal: Terminal) -> None:
    assert "changed" not in terminal.http("GET", "/open").json()
    terminal.replace("functions/echo.py", '"pid": os.getpid()', '"changed": 1, "pid": os.getpid()')
    terminal.shows("Changed:", "echo.py", seconds=3)
    assert terminal.http("GET", "/open").json()["changed"] == 1


def test_a_changed_layer_is_loaded_anew(terminal: Terminal) -> None:
    terminal.replace("layer/shop_layer/__init__.py", "shop layer", "another layer")
    terminal.shows("Changed:", "shop_layer", seconds=3)
    assert terminal.http("GET", "/open").json()["layer"] == "another layer"


def test_a_handler_that_cannot_be_loaded_says_so_and_can_be_mended(terminal: Terminal) -> None:
    terminal.replace("functions/count.py", "import json\n", "import json\nimport nothing_like_it\n")
    terminal.shows("Changed:", "count.py", seconds=3)
    count = "/_local/functions/CountFunction/invocations"
    event = {"source": "a test"}
    assert terminal.http("POST", count, event).status == 502
    terminal.shows("ModuleNotFoundError", "nothing_like_it")
    before = len(terminal.lines)
    terminal.replace("functions/count.py", "import nothing_like_it\n", "")
    wait_for(lambda: any("count.py" in line for line in terminal.lines[before:]), seconds=3)
    assert terminal.http("POST", count, event).status == 200


def test_a_new_route_is_served_and_a_broken_template_changes_nothing(terminal: Terminal) -> None:
    assert terminal.http("GET", "/new").status == 404
    template = terminal.shop / "template.yaml"
    sound = template.read_text()
    template.write_text(sound + "\n  Broken: [")
    terminal.shows("stays as it was", seconds=10)
    assert terminal.http("GET", "/open").status == 200
    route = "RestApiId: !Ref ShopApi, Path: /new, Method: GET, Auth: {Authorizer: NONE}"
    event = f"        New: {{Type: Api, Properties: {{{route}}}}}\n"
    template.write_text(sound.replace("        Open:\n", f"{event}        Open:\n", 1))
    terminal.shows("Changed:", "template.yaml;", seconds=10)
    assert terminal.http("GET", "/new").json()["event"]["resource"] == "/new"


def test_postgres_answers_on_a_port(terminal: Terminal) -> None:
    connection = psycopg2.connect(terminal.addresses["postgres_tcp"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT repeat('x', 1000000)")
        ((answer,),) = cursor.fetchall()
        assert len(answer) == 1_000_000
    connection.close()


def test_logs_and_psql_find_the_running_stack(terminal: Terminal) -> None:
    folder = terminal.shop.parent / "data"
    environment = {**os.environ, "DATA_DIR": str(folder)}
    terminal.http("POST", "/misbehave", {"do": "raise"})
    ask = ["-m", "infra.local", "psql", "--", "-Atc", "SELECT 6 * 7"]
    asked = subprocess.run(
        [sys.executable, *ask],
        check=False,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert asked.stdout.strip() == "42", asked.stderr
    following = subprocess.Popen(
        [sys.executable, "-m", "infra.local", "logs", "MisbehaveFunction"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert following.stdout
    assert "MisbehaveFunction" in following.stdout.readline()
    following.send_signal(signal.SIGINT)
    following.wait(20)
    following.stdout.close()
