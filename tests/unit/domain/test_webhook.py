"""Deliveries: how often they are tried, and where they may go."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from offers.domain.errors.webhooks import ReplayLimitReached
from offers.domain.webhook import (
    DISABLE_AFTER,
    LONGEST_PAUSE,
    MAX_REPLAYS,
    RETRY_FOR,
    DeliveryStatus,
    WebhookAttempt,
    WebhookDelivery,
)
from tests.factories import NOW
from tests.partner_factories import a_delivery, an_endpoint


def an_attempt(number: int, at: datetime = NOW, http_status: int | None = 200) -> WebhookAttempt:
    error = "" if http_status else "timeout"
    return WebhookAttempt(number, at, http_status, error, duration_ms=12)


def failures(delivery: WebhookDelivery) -> list[tuple[datetime, WebhookDelivery]]:
    """Every attempt of a delivery that always fails, and what it leads to."""
    steps: list[tuple[datetime, WebhookDelivery]] = []
    while delivery.next_attempt_at is not None:
        at = delivery.next_attempt_at
        delivery = delivery.record(an_attempt(delivery.attempts + 1, at, http_status=500))
        steps.append((at, delivery))
    return steps


def test_any_2xx_is_a_delivery_and_nothing_else_is() -> None:
    for status in (200, 202, 204, 299):
        assert a_delivery().record(an_attempt(1, http_status=status)).status == "delivered"
    assert a_delivery().record(an_attempt(1, http_status=None)).status == "queued"
    for status in (100, 199, 300, 301, 307, 404, 410, 500):
        assert a_delivery().record(an_attempt(1, http_status=status)).status == "queued"


def test_tries_double_their_distance_for_a_day_and_then_end() -> None:
    delivery = a_delivery()
    steps = failures(delivery)
    times = [at for at, _ in steps]
    pauses = [after - before for before, after in pairwise(times)]

    assert pauses[0] == timedelta(minutes=1)
    assert pauses[:-1] == sorted(pauses[:-1])
    assert max(pauses) == timedelta(hours=6)
    assert times[-1] - NOW == RETRY_FOR
    assert 10 <= len(steps) <= 20
    assert {each.status for _, each in steps[:-1]} == {DeliveryStatus.QUEUED}
    assert steps[-1][1].status is DeliveryStatus.FAILED


def test_a_late_success_is_honoured_and_a_late_failure_is_not() -> None:
    given_up = failures(a_delivery())[-1][1]
    assert given_up.record(an_attempt(99)).status is DeliveryStatus.DELIVERED

    delivered = a_delivery().record(an_attempt(2))
    after = delivered.record(an_attempt(1, http_status=500))
    assert (after.status, after.attempts) == (DeliveryStatus.DELIVERED, 2)


def test_a_replay_starts_from_the_beginning_and_counts_on() -> None:
    given_up = failures(a_delivery())[-1][1]
    later = NOW + timedelta(days=3)

    replayed = given_up.replay(later)

    assert (replayed.status, replayed.next_attempt_at) == (DeliveryStatus.QUEUED, later)
    retried = replayed.record(an_attempt(replayed.attempts + 1, later, http_status=500))
    assert retried.next_attempt_at == later + timedelta(minutes=1)
    assert retried.attempts == given_up.attempts + 1


def test_days_of_nothing_but_failures_are_too_long() -> None:
    endpoint = an_endpoint(failing_since=NOW)

    assert not an_endpoint().has_failed_too_long(NOW)
    assert not endpoint.has_failed_too_long(NOW + DISABLE_AFTER - timedelta(seconds=1))
    assert endpoint.has_failed_too_long(NOW + DISABLE_AFTER)


def test_a_receiver_is_left_alone_for_as_long_as_it_asks() -> None:
    for seconds, pause in ((1, 60), (59, 60), (1800, 1800), (10**8, LONGEST_PAUSE.total_seconds())):
        asked = replace(an_attempt(1, http_status=429), retry_after_seconds=seconds)
        assert a_delivery().record(asked).next_attempt_at == NOW + timedelta(seconds=pause)


def test_nobody_is_left_alone_beyond_the_last_try() -> None:
    late = NOW + RETRY_FOR - timedelta(hours=1)
    asked = replace(an_attempt(9, late, http_status=503), retry_after_seconds=3 * 3600)

    last = a_delivery().record(asked)
    assert last.next_attempt_at == NOW + RETRY_FOR
    assert last.record(replace(asked, at=NOW + RETRY_FOR)).status is DeliveryStatus.FAILED


def test_what_is_gone_is_given_up_at_once() -> None:
    gone = an_attempt(1, http_status=410)

    assert gone.is_gone
    assert not an_attempt(1, http_status=404).is_gone
    recorded = a_delivery().record(gone, is_gone=True)
    assert (recorded.status, recorded.next_attempt_at) == (DeliveryStatus.FAILED, None)


def test_a_delivery_is_replayed_so_often_and_no_more() -> None:
    delivery = a_delivery()
    for _ in range(MAX_REPLAYS):
        delivery = delivery.replay(NOW)

    with pytest.raises(ReplayLimitReached):
        delivery.replay(NOW)


def test_a_secret_that_signs_no_more_is_forgotten_and_others_are_not() -> None:
    rotated = an_endpoint(secret="a").rotate("b", NOW + timedelta(days=1))

    assert rotated.forget_expired(NOW) == rotated
    assert rotated.forget_expired(NOW + timedelta(days=1)).previous_secret is None
