"""Queues feed their functions as event source mappings do."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from infra.local.aws_resources import AwsClients
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from infra.local.stack import LaptopStack

pytestmark = pytest.mark.integration

Send = Callable[..., None]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes.jsonl"


@pytest.fixture
def send(stack: LaptopStack, notes: Path) -> Send:
    sqs = AwsClients(stack.addresses.aws).client("sqs")

    def _send(name: str, *, fail: bool = False, **more: Any) -> None:
        body = json.dumps({"name": name, "notes": str(notes), "fail": fail})
        sqs.send_message(QueueUrl=stack.addresses.queues["OrderQueue"], MessageBody=body, **more)

    return _send


def _read(notes: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in notes.read_text().splitlines()] if notes.exists() else []


def test_message_reaches_the_function_at_once(send: Send, notes: Path) -> None:
    send("first", MessageAttributes={"kind": {"DataType": "String", "StringValue": "test"}})
    seen = wait_for(lambda: _read(notes), seconds=2)
    assert seen[0]["order"] == "first"
    assert seen[0]["attributes"]["kind"]["stringValue"] == "test"


def test_only_failed_messages_of_a_batch_come_back(send: Send, notes: Path) -> None:
    send("good")
    send("bad", fail=True)
    wait_for(lambda: len([n for n in _read(notes) if n.get("order") == "bad"]) == 2, seconds=6)
    assert [n["receives"] for n in _read(notes) if n.get("order") == "good"] == [1]


def test_message_that_keeps_failing_ends_in_the_dead_letter_queue(send: Send, notes: Path) -> None:
    send("hopeless", fail=True)
    wait_for(lambda: {"dead": "hopeless"} in _read(notes), seconds=8)
    assert [n["receives"] for n in _read(notes) if "order" in n] == [1, 2]


def test_batches_are_no_larger_than_the_template_says(send: Send, notes: Path) -> None:
    for number in range(12):
        send(str(number), DelaySeconds=1)
    wait_for(lambda: len(_read(notes)) == 12, seconds=8)
    assert max(n["batch"] for n in _read(notes)) <= 5
