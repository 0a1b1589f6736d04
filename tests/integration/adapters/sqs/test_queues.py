"""Batches, delays and outages of SQS."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from offers.adapters.aws import aws_client
from offers.adapters.breaker import Breaker
from offers.adapters.sqs.batches import MAX_BYTES, delay_seconds
from offers.adapters.sqs.queues import SqsMessageQueues
from offers.adapters.sqs.visibility import SqsVisibility
from offers.domain.outbox import Topic
from tests.contract.values import a_message, an_email
from tests.factories import NOW

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.integration

URLS = {topic: f"https://sqs.eu-west-1.amazonaws.com/123456789012/{topic}" for topic in Topic}


class ScriptedSqs:
    """Plays an answer (or error) for each call, then accepts everything; keeps the calls."""

    def __init__(self, *answers: Mapping[str, Any] | Exception) -> None:
        self.answers = list(answers)
        self.calls: list[list[dict[str, Any]]] = []

    def send_message_batch(self, *, QueueUrl: str, Entries: list[dict[str, Any]]) -> Any:  # noqa: N803  # boto3's names
        assert QueueUrl in URLS.values()
        self.calls.append(Entries)
        answer = self.answers.pop(0) if self.answers else {"Successful": Entries}
        if isinstance(answer, Exception):
            raise answer
        return answer


def queues(sqs: ScriptedSqs, breaker: Breaker | None = None) -> SqsMessageQueues:
    return SqsMessageQueues(lambda: sqs, URLS, lambda: NOW, breaker)


def refusal(code: str, status: int) -> ClientError:
    answer: Any = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "SendMessageBatch")


@pytest.mark.parametrize(
    ("ahead", "delay"),
    [(-3600, 0), (0, 0), (0.001, 1), (59.2, 60), (900, 900), (901, 900), (10**9, 900)],
)
def test_a_delay_is_rounded_up_and_clamped(ahead: float, delay: int) -> None:
    assert delay_seconds(NOW + timedelta(seconds=ahead), NOW) == delay


def test_a_message_is_held_back_until_it_is_due() -> None:
    sqs = ScriptedSqs()
    queues(sqs).send([a_message(), a_message(deliver_at=NOW + timedelta(seconds=42))])
    assert [entry["DelaySeconds"] for entry in sqs.calls[0]] == [0, 42]


def test_a_call_carries_ten_messages_at_most() -> None:
    sqs = ScriptedSqs()
    assert queues(sqs).send([a_message() for _ in range(25)]) == {}
    assert [len(call) for call in sqs.calls] == [10, 10, 5]


def test_a_call_does_not_get_too_heavy() -> None:
    sqs = ScriptedSqs()
    email = an_email(html="é" * 12_000)  # 72 kB, escaped
    heavy = [a_message(content=email) for _ in range(10)]
    assert queues(sqs).send(heavy) == {}
    assert [len(call) for call in sqs.calls] == [3, 3, 3, 1]
    assert max(sum(len(entry["MessageBody"]) for entry in call) for call in sqs.calls) <= MAX_BYTES


def test_a_message_that_no_call_can_carry_comes_back_alone() -> None:
    sqs = ScriptedSqs()
    small, large = a_message(), a_message(content=an_email(html="x" * MAX_BYTES))
    assert queues(sqs).send([large, small]) == {large: "too large"}
    assert len(sqs.calls[0]) == 1
    assert queues(sqs).send([large]) == {large: "too large"}
    assert len(sqs.calls) == 1


def test_entries_that_were_refused_come_back_with_their_code() -> None:
    first, second, third = a_message(), a_message(), a_message()
    sqs = ScriptedSqs(
        {"Successful": [{"Id": "0"}], "Failed": [{"Id": "1", "Code": "InternalError"}]}
    )
    failures = queues(sqs).send([first, second, third])
    assert failures == {second: "InternalError", third: "no answer for this message"}


def test_a_refusal_of_one_queue_does_not_stop_the_others() -> None:
    sqs = ScriptedSqs(refusal("AWS.SimpleQueueService.NonExistentQueue", 400))
    lost, sent = a_message(Topic.ACTIVATION), a_message(Topic.WEBHOOK)
    failures = queues(sqs).send([sent, lost])
    assert failures == {lost: "AWS.SimpleQueueService.NonExistentQueue"}


@pytest.mark.parametrize(
    ("outage", "cause"),
    [
        (EndpointConnectionError(endpoint_url="https://sqs"), "EndpointConnectionError"),
        (refusal("ServiceUnavailable", 503), "ServiceUnavailable"),
    ],
)
def test_an_outage_is_paid_for_once(outage: Exception, cause: str) -> None:
    now = [1000.0]
    sqs = ScriptedSqs(outage)
    sender = queues(sqs, Breaker("SQS", 5, lambda: now[0]))
    messages = [a_message() for _ in range(15)]
    failures = sender.send(messages)
    assert set(failures) == set(messages)
    assert set(failures.values()) == {cause, "SQS is away"}
    assert len(sqs.calls) == 1
    now[0] += 6
    assert sender.send(messages) == {}


def test_a_topic_without_a_queue_is_a_failure_not_an_error() -> None:
    message = a_message(Topic.WEBHOOK)
    failures = SqsMessageQueues(ScriptedSqs, {}, lambda: NOW).send([message])
    assert failures == {message: "no queue for webhook"}


def test_a_client_that_cannot_be_made_is_a_failure_not_an_error() -> None:
    def no_client() -> Any:
        raise RuntimeError

    message = a_message()
    sender = SqsMessageQueues(no_client, URLS, lambda: NOW)
    assert sender.send([message]) == {message: "RuntimeError"}
    assert sender.backlog(Topic.ACTIVATION) is None


def test_a_failed_message_is_seen_again_when_told(sqs: Any) -> None:
    url = sqs.create_queue(QueueName="activation")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="{}")
    (message,) = sqs.receive_message(QueueUrl=url, VisibilityTimeout=600)["Messages"]
    visibility = SqsVisibility(lambda: sqs, url)
    visibility.hide(message["ReceiptHandle"], -5)
    (again,) = sqs.receive_message(QueueUrl=url, VisibilityTimeout=600)["Messages"]
    visibility.hide(again["ReceiptHandle"], 10**9)
    assert "Messages" not in sqs.receive_message(QueueUrl=url)


def test_visibility_that_cannot_be_changed_is_only_logged(
    sqs: Any, caplog: pytest.LogCaptureFixture
) -> None:
    SqsVisibility(lambda: sqs, URLS[Topic.ACTIVATION]).hide("handle", 5)
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_the_client_gives_up_soon_and_is_made_once(sqs: Any) -> None:
    aws_client.cache_clear()
    client = aws_client("sqs")
    assert client is aws_client("sqs")
    assert client.meta.config.connect_timeout == 1
    assert client.meta.config.read_timeout == 3
    assert client.meta.config.retries["total_max_attempts"] == 2
    aws_client.cache_clear()
    client.close()
