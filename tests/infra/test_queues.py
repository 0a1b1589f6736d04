"""Queues are encrypted, dead-lettered, patient, and told which message failed."""

from typing import Any

import pytest

from tests.infra.template import QUEUE, functions, resources, target

QUEUES = resources(QUEUE)
SOURCES = [(function, source) for function in functions() for _, source in function.events("SQS")]
DEAD_LETTER_TARGETS = (
    {
        target(queue["RedrivePolicy"]["deadLetterTargetArn"])
        for queue in QUEUES.values()
        if "RedrivePolicy" in queue
    }
    | {
        target(schedule["DeadLetterConfig"]["Arn"])
        for function in functions()
        for _, schedule in function.events("ScheduleV2")
    }
    | {
        target(function.properties["DeadLetterQueue"]["TargetArn"])
        for function in functions()
        if "DeadLetterQueue" in function.properties
    }
)
WORKING = sorted(set(QUEUES) - DEAD_LETTER_TARGETS)
DEFAULT_VISIBILITY_SECONDS = 30


def source_id(source: Any) -> str:
    return source.logical_id if hasattr(source, "logical_id") else ""


@pytest.mark.parametrize("name", sorted(QUEUES))
def test_is_encrypted(name: str) -> None:
    assert QUEUES[name]["SqsManagedSseEnabled"] is True


@pytest.mark.parametrize("name", WORKING)
def test_has_a_dead_letter_queue_of_its_own(name: str) -> None:
    dead = name.removesuffix("Queue") + "DeadLetterQueue"
    policy = QUEUES[name]["RedrivePolicy"]

    assert policy["deadLetterTargetArn"] == {"Fn::GetAtt": [dead, "Arn"]}
    assert policy["maxReceiveCount"] >= 3
    assert QUEUES[dead]["MessageRetentionPeriod"] > QUEUES[name]["MessageRetentionPeriod"]


@pytest.mark.parametrize("name", WORKING)
def test_only_it_may_use_its_dead_letter_queue(name: str) -> None:
    dead = QUEUES[name.removesuffix("Queue") + "DeadLetterQueue"]
    own_name = QUEUES[name]["QueueName"]["Fn::Sub"]
    (source,) = dead["RedriveAllowPolicy"]["sourceQueueArns"]

    assert dead["RedriveAllowPolicy"]["redrivePermission"] == "byQueue"
    assert source["Fn::Sub"].split(":")[-1] == own_name.split(":")[-1]
    assert source["Fn::Sub"].endswith(own_name)


@pytest.mark.parametrize(("function", "source"), SOURCES, ids=source_id)
def test_a_message_stays_hidden_while_it_is_tried(function: Any, source: Any) -> None:
    queue = QUEUES[target(source["Queue"])]
    visibility = queue.get("VisibilityTimeout", DEFAULT_VISIBILITY_SECONDS)

    assert visibility >= 6 * function.timeout_seconds


@pytest.mark.parametrize(("function", "source"), SOURCES, ids=source_id)
def test_a_batch_fails_by_message_and_is_bounded(function: Any, source: Any) -> None:
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["ScalingConfig"]["MaximumConcurrency"]
    assert source["BatchSize"] <= 10


def test_dead_activations_are_taken_care_of() -> None:
    consumers = {target(source["Queue"]): function.logical_id for function, source in SOURCES}

    assert consumers["ActivationDeadLetterQueue"] == "HandleDeadActivationsFunction"


def test_each_queue_has_one_consumer_at_most() -> None:
    consumed = [target(source["Queue"]) for _, source in SOURCES]

    assert len(consumed) == len(set(consumed))
