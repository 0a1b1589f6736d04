"""The stack starts, stops, is killed and starts again, as a command."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import psycopg2
import pytest

from infra.local.aws_resources import AwsClients
from infra.local.errors import StackError
from infra.local.settings import StackSettings
from infra.local.stack import LaptopStack
from tests.local.conftest import SHOP
from tests.local.http import Http
from tests.local.waiting import wait_for

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from pathlib import Path
from infra.local.commands.run import run
from infra.local.settings import StackSettings
sys.exit(run(StackSettings(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))
"""

Start = Callable[[], tuple["subprocess.Popen[str]", dict[str, Any]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Starts the command; answers its process and stack.json."""
    processes = []

    def _start() -> tuple[subprocess.Popen[str], dict[str, Any]]:
        stack_file = folder / "stack.json"
        stack_file.unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, str(folder), "0", str(SHOP)],
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        processes.append(process)
        wait_for(lambda: stack_file.exists() or process.poll() is not None, seconds=90)
        assert process.poll() is None, process.communicate()[0]
        return process, json.loads(stack_file.read_text())

    yield _start
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(60)
        assert process.stdout
        process.stdout.close()
    assert _processes_of(folder) == []


def _processes_of(folder: Path) -> list[str]:
    """What still runs and names this folder, or was started from a process that does."""
    return [
        " ".join(process.info["cmdline"])
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in word for word in process.info["cmdline"] or [])
    ]


def test_terminal_shows_the_parts_and_ctrl_c_leaves_nothing_behind(
    start: Start, folder: Path
) -> None:
    process, described = start()
    assert Http(described["api"])("GET", "/open").status == 200
    children = psutil.Process(process.pid).children(recursive=True)
    postgres = psutil.Process(described["pids"]["postgres"])
    os.killpg(process.pid, signal.SIGINT)  # Ctrl-C reaches the whole foreground group
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    for expected in ("PostgreSQL", "Redis", described["api"], "curl"):
        assert expected in output
    gone, alive = psutil.wait_procs([*children, postgres], timeout=10)
    assert alive == []
    assert len(gone) == len(children) + 1
    assert not (folder / "stack.json").exists()


def test_killed_stack_starts_again_with_its_data(start: Start, folder: Path) -> None:
    process, described = start()
    with psycopg2.connect(described["postgres"]) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (what text)")
        cursor.execute("INSERT INTO kept VALUES ('yes')")
    connection.close()
    keys = (folder / "token-keys.json").read_text()
    first = Http(described["api"])
    first("POST", "/_local/clock", {"advance_seconds": 86400})
    process.kill()
    process.wait()
    assert psutil.pid_exists(described["pids"]["postgres"])

    _, described = start()
    connection = psycopg2.connect(described["postgres"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT what FROM kept")
        assert cursor.fetchall() == [("yes",)]
    connection.close()
    assert (folder / "token-keys.json").read_text() == keys
    again = Http(described["api"])
    assert again("GET", "/_local/clock").json()["offset_seconds"] == 86400
    assert again("GET", "/open").status == 200


def test_api_keys_keep_their_ids_over_a_restart(tmp_path: Path) -> None:
    ids = []
    for _ in range(2):
        with LaptopStack(StackSettings(tmp_path / "data", 0, SHOP)) as stack:
            answer = Http(stack.url)(
                "GET", "/partner", headers={"x-api-key": "local-acme-tv-0123456789abcdef"}
            )
            ids.append(answer.json()["event"]["requestContext"]["identity"]["apiKeyId"])
    assert ids[0] == ids[1]


def test_queues_keep_their_messages_over_a_restart(tmp_path: Path) -> None:
    """Those that wait, with their attributes, and the dead ones where they lie."""
    settings, notes = StackSettings(tmp_path / "data", 0, SHOP), tmp_path / "notes.jsonl"
    told = {"kind": {"DataType": "String", "StringValue": "kept"}}

    def bodies(stack: LaptopStack, queue: str) -> list[str]:
        sqs = AwsClients(stack.addresses.aws).client("sqs")
        url = stack.addresses.queues[queue]
        found = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0).get("Messages", [])
        return [message["Body"] for message in found]

    with LaptopStack(settings) as stack:
        sqs, queues = AwsClients(stack.addresses.aws).client("sqs"), stack.addresses.queues
        waits, done = (
            json.dumps({"name": name, "notes": str(notes), "fail": False})
            for name in ("waits", "done")
        )
        sqs.send_message(QueueUrl=queues["OrderQueue"], MessageBody=done)
        wait_for(notes.exists, seconds=10)
        sqs.send_message(
            QueueUrl=queues["OrderQueue"], MessageBody=waits, DelaySeconds=5, MessageAttributes=told
        )
        sqs.send_message(QueueUrl=queues["LetterQueue"], MessageBody="a letter")
    with LaptopStack(settings) as stack:
        assert bodies(stack, "LetterQueue") == ["a letter"]
        seen = wait_for(lambda: _orders(notes)[1:], seconds=20)
    assert [order["order"] for order in seen] == ["waits"]
    assert seen[0]["attributes"]["kind"]["stringValue"] == "kept"


def _orders(notes: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in notes.read_text().splitlines()]


def test_second_stack_on_the_folder_is_refused(stack: LaptopStack) -> None:
    second = LaptopStack(StackSettings(stack.data_dir, 0, SHOP))
    with pytest.raises(StackError, match="already running"):
        second.start()
    assert Http(stack.url)("GET", "/open").status == 200


def _command(*arguments: str, folder: Path, port: int = 0) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.local", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder), "PORT": str(port)},
        text=True,
        capture_output=True,
        check=False,
        timeout=90,
    )


def test_taken_port_is_named(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = _command("run", folder=folder, port=port)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Port {port} is taken")
    assert _processes_of(folder) == []


def test_reset_clears_the_folder_but_not_under_a_running_stack(
    stack: LaptopStack, folder: Path
) -> None:
    refused = _command("reset", folder=stack.data_dir)
    assert refused.returncode == 1
    assert "already running" in refused.stderr
    folder.mkdir()
    (folder / "old").touch()
    assert _command("reset", folder=folder).returncode == 0
    assert not folder.exists()


def test_invoke_uses_the_running_stack(stack: LaptopStack, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text('{"do": "nothing"}')
    answered = _command("invoke", "MisbehaveFunction", str(event), folder=stack.data_dir)
    assert (answered.returncode, json.loads(answered.stdout)["statusCode"]) == (0, 200)
    event.write_text('{"do": "raise"}')
    failed = _command("invoke", "MisbehaveFunction", str(event), folder=stack.data_dir)
    assert (failed.returncode, json.loads(failed.stdout)["errorType"]) == (1, "KeyError")


def test_invoke_without_an_event_says_so(folder: Path) -> None:
    ended = _command("invoke", "MisbehaveFunction", "nowhere.json", folder=folder)
    assert ended.returncode == 1
    assert "nowhere.json cannot be read" in ended.stderr
