from __future__ import annotations

import json
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

import pytest

from offers.entrypoints import telemetry
from offers.entrypoints.events import sqs_batch
from tests.unit.entrypoints.http.calling import FakeContext

QUEUE_ARN = "arn:aws:sqs:eu-west-1:000000000000:ActivationQueue"


@dataclass
class FakeVisibility:
    """Remembers what was postponed."""

    calls: list[tuple[str, int]] = field(default_factory=list)

    def hide(self, receipt_handle: str, seconds: int) -> None:
        self.calls.append((receipt_handle, seconds))


def a_record(message_id: str, body: str, receive_count: int = 1) -> dict[str, Any]:
    return {
        "messageId": message_id,
        "receiptHandle": f"receipt-{message_id}",
        "body": body,
        "attributes": {"ApproximateReceiveCount": str(receive_count)},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
        "eventSourceARN": QUEUE_ARN,
        "awsRegion": "eu-west-1",
    }


def run(
    process: Any, *records: dict[str, Any], visibility: FakeVisibility | None = None
) -> list[str]:
    handler = sqs_batch.handler(process, lambda: visibility or FakeVisibility())
    answer = handler({"Records": list(records)}, FakeContext(9000))  # type: ignore[arg-type]
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def test_done_messages_are_deleted() -> None:
    seen: list[sqs_batch.Message] = []

    def process(message: sqs_batch.Message) -> sqs_batch.Result:
        seen.append(message)
        return sqs_batch.DONE

    assert run(process, a_record("a", '{"transaction_id":"t"}', 3)) == []
    assert seen == [sqs_batch.Message("a", {"transaction_id": "t"}, 3, 9.0)]


@pytest.mark.parametrize(
    ("wanted", "given"), [(30, 30), (0, 0), (-5, 0), (10**6, sqs_batch.LONGEST_DELAY_SECONDS)]
)
def test_a_retry_comes_again_after_its_delay(wanted: int, given: int) -> None:
    visibility = FakeVisibility()
    failed = run(lambda _: sqs_batch.Retry(wanted), a_record("a", "{}"), visibility=visibility)
    assert failed == ["a"]
    assert visibility.calls == [("receipt-a", given)]


def test_without_a_delay_of_its_own_a_retry_waits_for_the_queue() -> None:
    handler = sqs_batch.handler(lambda _: sqs_batch.Retry(9))
    answer = handler({"Records": [a_record("a", "{}")]}, FakeContext())  # type: ignore[arg-type]
    assert answer == {"batchItemFailures": [{"itemIdentifier": "a"}]}


def test_one_failing_message_fails_alone(caplog: pytest.LogCaptureFixture) -> None:
    def process(message: sqs_batch.Message) -> sqs_batch.Result:
        if message.body["n"] == 1:
            raise KeyError
        return sqs_batch.DONE

    records = [a_record(f"m{n}", json.dumps({"n": n})) for n in range(3)]
    assert run(process, *records) == ["m1"]
    assert [record.message for record in caplog.records] == ["message failed"]


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "\x00", "[" * 100_000])
def test_what_is_not_a_json_object_goes_to_the_dead_letter_queue(body: str) -> None:
    assert run(lambda _: sqs_batch.DONE, a_record("bad", body)) == ["bad"]


def test_outcomes_are_counted_per_queue(capsys: pytest.CaptureFixture[str]) -> None:
    run(lambda _: sqs_batch.DONE, a_record("a", "{}"), a_record("b", "["))
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["queue"] for line in lines if line.get("MessagesProcessed")] == ["ActivationQueue"]
    assert [line["queue"] for line in lines if line.get("MessagesFailed")] == ["ActivationQueue"]


def test_what_could_not_be_finished_is_put_back_unbegun() -> None:
    visibility, seen = FakeVisibility(), list[sqs_batch.Message]()

    def process(message: sqs_batch.Message) -> sqs_batch.Result:
        seen.append(message)
        return sqs_batch.DONE

    handler = sqs_batch.handler(process, lambda: visibility, lambda: 9.001)
    answer = handler({"Records": [a_record("a", "{}")]}, FakeContext(9000))  # type: ignore[arg-type]

    assert answer == {"batchItemFailures": [{"itemIdentifier": "a"}]}
    assert (seen, visibility.calls) == ([], [("receipt-a", 0)])


@pytest.mark.parametrize("body", ['{"a":1,"a":2}', '{"a":NaN}', "[]", "{", '{"a":"\\ud800"}'])
def test_a_message_that_is_not_strict_json_is_not_processed(body: str) -> None:
    seen: list[sqs_batch.Message] = []

    def process(message: sqs_batch.Message) -> sqs_batch.Result:
        seen.append(message)
        return sqs_batch.DONE

    assert run(process, a_record("bad", body), a_record("good", "{}")) == ["bad"]
    assert [message.id for message in seen] == ["good"]


def test_messages_of_a_batch_are_worked_on_side_by_side() -> None:
    """Each waits until all have begun: one after another, none would ever end."""
    everybody = Barrier(10)

    def process(_message: sqs_batch.Message) -> sqs_batch.Result:
        everybody.wait(timeout=30)
        return sqs_batch.DONE

    handler = sqs_batch.handler(process, at_once=10)
    records = [a_record(str(number), "{}") for number in range(10)]

    assert handler({"Records": records}, FakeContext(9000))["batchItemFailures"] == []  # type: ignore[arg-type]


def test_side_by_side_each_fails_postpones_and_is_logged_by_itself() -> None:
    visibility, both, logged = FakeVisibility(), Barrier(3), {}

    def process(message: sqs_batch.Message) -> sqs_batch.Result:
        telemetry.about_transaction(message.id)
        both.wait(timeout=30)
        logged[message.id] = telemetry.logger.thread_safe_get_current_keys()["transaction_id"]
        if message.id == "bad":
            raise LookupError
        return sqs_batch.Retry(7) if message.id == "late" else sqs_batch.DONE

    handler = sqs_batch.handler(process, lambda: visibility, at_once=3)
    records = [a_record(each, "{}") for each in ("good", "bad", "late")]
    answer = handler({"Records": records}, FakeContext(9000))  # type: ignore[arg-type]

    failed = {failure["itemIdentifier"] for failure in answer["batchItemFailures"]}
    assert failed == {"bad", "late"}
    assert visibility.calls == [("receipt-late", 7)]
    assert logged == {each: each for each in ("good", "bad", "late")}


def test_what_fails_again_and_again_waits_longer_and_longer() -> None:
    visibility = FakeVisibility()

    def fail(_: sqs_batch.Message) -> sqs_batch.Result:
        raise ValueError

    handler = sqs_batch.handler(fail, lambda: visibility, pause=sqs_batch.growing_pause)
    for receive_count in (1, 2, 3, 20):
        records = {"Records": [a_record("a", "{}", receive_count)]}
        handler(records, FakeContext(9000))  # type: ignore[arg-type]

    assert [seconds for _, seconds in visibility.calls] == [30, 60, 120, 3600]


def test_twenty_tries_outlast_half_a_day() -> None:
    assert sum(map(sqs_batch.growing_pause, range(1, 20))) > 12 * 3600
