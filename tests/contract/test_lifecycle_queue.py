"""Port LifecycleQueue: the fake and SQS (moto)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from offers.adapters.sqs.lifecycle_queue import SqsLifecycleQueue
from offers.domain.due_task import DueTask, Task
from offers.domain.ids import SubscriptionId
from tests.factories import new_id
from tests.fakes.lifecycle_queue import FakeLifecycleQueue

if TYPE_CHECKING:
    from offers.ports.outside.queues import LifecycleQueue


class OnFake:
    def __init__(self, _: pytest.FixtureRequest) -> None:
        self._fake = FakeLifecycleQueue()
        self.queue: LifecycleQueue = self._fake

    def received(self) -> set[tuple[str, str]]:
        return {(str(each.subscription_id), each.task) for each in self._fake.take()}

    def break_down(self) -> None:
        self._fake.is_away = True


class OnSqs:
    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._sqs: Any = request.getfixturevalue("aws")("sqs")
        self._url = self._sqs.create_queue(QueueName="lifecycle")["QueueUrl"]
        self.queue: LifecycleQueue = SqsLifecycleQueue(lambda: self._sqs, self._url)

    def received(self) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()
        while True:
            answer = self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10)
            if "Messages" not in answer:
                return found
            bodies = [json.loads(message["Body"]) for message in answer["Messages"]]
            found |= {(body["subscription_id"], body["task"]) for body in bodies}

    def break_down(self) -> None:
        self._sqs.delete_queue(QueueUrl=self._url)


@pytest.fixture(params=[OnFake, OnSqs])
def setting(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def some(count: int) -> list[DueTask]:
    return [DueTask(Task.EXPIRE, SubscriptionId(new_id())) for _ in range(count)]


@pytest.mark.parametrize("count", [0, 1, 10, 25])
def test_every_task_arrives(setting: Any, count: int) -> None:
    tasks = some(count)
    assert setting.queue.send(tasks) == 0
    assert setting.queue.backlog() == count
    assert setting.received() == {(str(each.subscription_id), "expire") for each in tasks}


def test_a_queue_that_is_away_takes_nothing_and_says_so(setting: Any) -> None:
    setting.break_down()
    assert setting.queue.send(some(12)) == 12
    assert setting.queue.backlog() is None
