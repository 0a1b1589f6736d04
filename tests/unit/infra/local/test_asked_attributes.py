"""Queues of many messages stay quick, and tell the same about themselves as moto's own."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from moto.sqs.models import Queue, SQSBackend, sqs_backends

from infra.local.aws_server.asked_attributes import AskedAttributes, work_out_what_is_asked


@pytest.fixture
def backend() -> SQSBackend:
    account = sqs_backends["123456789012"]
    account.reset()
    return account["eu-west-1"]


@pytest.mark.parametrize("key", [None, "alias/aws/sqs"])
@pytest.mark.parametrize("is_redriven", [False, True])
def test_every_attribute_is_told_as_before(
    backend: SQSBackend, is_redriven: bool, key: str | None
) -> None:
    dead = backend.create_queue("dead", None)
    policy = {"deadLetterTargetArn": dead.queue_arn, "maxReceiveCount": 5}
    wanted: dict[str, Any] = {"KmsMasterKeyId": key} if key else {}
    if is_redriven:
        wanted["RedrivePolicy"] = json.dumps(policy)
    queue = backend.create_queue("waiting", None, **wanted)

    assert dict(AskedAttributes(queue)) == queue.attributes


def test_sending_and_receiving_do_not_count_what_waits(
    backend: SQSBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Queue, "attributes", Queue.attributes)  # put back afterwards
    work_out_what_is_asked()
    backend.create_queue("waiting", None)
    started = time.perf_counter()

    for _ in range(1_700):
        backend.send_message("waiting", "due")
    received = backend.receive_message("waiting", 10, 0, 30)

    assert len(received) == 10
    assert time.perf_counter() - started < 5, "20 to 30 seconds without"
