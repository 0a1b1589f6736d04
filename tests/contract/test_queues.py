"""Port MessageQueues: the fake and SQS (moto)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from offers.adapters.sqs.outcomes import SqsOutcomeReports
from offers.adapters.sqs.queues import SqsMessageQueues
from offers.domain.ids import NotificationId
from offers.domain.messages import EmailOutcome
from offers.domain.notification import NotificationStatus
from offers.domain.outbox import OutboxMessage, Topic
from offers.ports import message_codec
from tests.contract.values import a_message, an_email
from tests.factories import NOW, new_id
from tests.fakes.queues import FakeOutcomeReports, FakeQueues, QueueAway

if TYPE_CHECKING:
    from offers.ports.outside.queues import MessageQueues


OUTCOME = EmailOutcome(NotificationId(new_id()), NotificationStatus.SENT, "", NOW)


class OnFake:
    """The fake, and what its receivers would see."""

    def __init__(self, _: pytest.FixtureRequest) -> None:
        self.queues: MessageQueues
        self.queues = self._fake = FakeQueues()

    def receive(self, topic: Topic) -> list[dict[str, Any]]:
        return [message_codec.write(message.content) for message in self._fake.take(topic)]

    def break_down(self) -> None:
        self._fake.is_away = True


class OnSqs:
    """Three queues in moto."""

    def __init__(self, request: pytest.FixtureRequest) -> None:
        self._sqs = request.getfixturevalue("aws")("sqs")
        self._urls = {topic: self._sqs.create_queue(QueueName=topic)["QueueUrl"] for topic in Topic}
        self.queues: MessageQueues = SqsMessageQueues(lambda: self._sqs, self._urls, lambda: NOW)

    def receive(self, topic: Topic) -> list[dict[str, Any]]:
        received: list[dict[str, Any]] = []
        while True:
            answer = self._sqs.receive_message(QueueUrl=self._urls[topic], MaxNumberOfMessages=10)
            if "Messages" not in answer:
                return received
            received += [json.loads(message["Body"]) for message in answer["Messages"]]

    def break_down(self) -> None:
        for url in self._urls.values():
            self._sqs.delete_queue(QueueUrl=url)


@pytest.fixture(params=[OnFake, OnSqs])
def setting(request: pytest.FixtureRequest) -> Any:
    return request.param(request)


def payloads(messages: list[OutboxMessage]) -> list[str]:
    return sorted(json.dumps(message_codec.write(message.content)) for message in messages)


def received(setting: Any, topic: Topic) -> list[str]:
    return sorted(json.dumps(payload) for payload in setting.receive(topic))


@pytest.mark.parametrize("count", [0, 1, 10, 11, 25])
def test_every_message_reaches_its_topic(setting: Any, count: int) -> None:
    messages = [a_message() for _ in range(count)]
    other = a_message(Topic.WEBHOOK)
    assert setting.queues.send([*messages, other]) == {}
    assert received(setting, Topic.ACTIVATION) == payloads(messages)
    assert received(setting, Topic.WEBHOOK) == payloads([other])
    assert received(setting, Topic.NOTIFICATION) == []


def test_content_survives(setting: Any) -> None:
    email = an_email(html="<p>Île – “é” \u0000 \ufffe 😀</p>", headers={"X-É": "ß"})
    setting.queues.send([a_message(content=email)])
    (received,) = setting.receive(Topic.NOTIFICATION)
    assert message_codec.read(received) == email


def test_the_backlog_is_what_waits(setting: Any) -> None:
    assert setting.queues.backlog(Topic.ACTIVATION) == 0
    setting.queues.send([a_message(), a_message(), a_message(Topic.WEBHOOK)])
    assert setting.queues.backlog(Topic.ACTIVATION) == 2


def test_what_is_not_accepted_comes_back_with_why(setting: Any) -> None:
    setting.break_down()
    messages = [a_message(), a_message(Topic.NOTIFICATION)]
    failures = setting.queues.send(messages)
    assert set(failures) == set(messages)
    assert all(failures.values())


def test_a_backlog_that_cannot_be_asked_for_is_none(setting: Any) -> None:
    setting.break_down()
    assert setting.queues.backlog(Topic.ACTIVATION) is None


def test_an_outcome_is_reported(aws: Any) -> None:
    sqs = aws("sqs")
    url = sqs.create_queue(QueueName="outcome")["QueueUrl"]
    for reports in (fake := FakeOutcomeReports(), SqsOutcomeReports(lambda: sqs, url)):
        reports.report(OUTCOME)
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert fake.reported == [message_codec.read(json.loads(message["Body"]))] == [OUTCOME]


def test_an_outcome_that_was_not_taken_raises(aws: Any) -> None:
    sqs = aws("sqs")
    fake = FakeOutcomeReports()
    fake.is_away = True
    with pytest.raises(QueueAway):
        fake.report(OUTCOME)
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        SqsOutcomeReports(lambda: sqs, "https://sqs.eu-west-1.amazonaws.com/1/missing").report(
            OUTCOME
        )
