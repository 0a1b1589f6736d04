"""Deliveries: how often they are tried, and where they may go."""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from itertools import pairwise

import pytest

from offers.domain.errors.webhooks import InvalidWebhookUrl
from offers.domain.webhook import (
    DISABLE_AFTER,
    RETRY_FOR,
    DeliveryStatus,
    WebhookAttempt,
    WebhookDelivery,
    is_public,
    require_usable_url,
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


@pytest.mark.parametrize(
    "url",
    [
        "https://partner.example.com",
        "https://partner.example.com:8443/hooks?a=b",
        "https://93.184.215.14/",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x",
    ],
)
def test_usable_urls(url: str) -> None:
    require_usable_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "http://partner.example.com/",
        "ftp://partner.example.com/",
        "https:///path",
        "https://user:secret@partner.example.com/",
        "https://partner.example.com@10.0.0.1/",
        "https://partner.example.com/#part",
        "https://partner.example.com/a b",
        "https://partner.example.com\\@evil.example.com/",
        "https://partner.example.com:0/",
        "https://partner.example.com:99999/",
        "https://partner.example.com:port/",
        "https://[::1/",
        "https://exämple.com/",
        "https://partner.example.com/\r\nX-Evil: 1",
        "https://partner.example.com/" + "x" * 2000,
        "https://localhost/",
        "https://api.localhost:8080/",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[fd00:ec2::254]/",
        "https://[::ffff:127.0.0.1]/",
    ],
)
def test_urls_that_lead_nowhere_good_are_refused(url: str) -> None:
    with pytest.raises(InvalidWebhookUrl):
        require_usable_url(url)


def test_the_laptop_stack_may_call_itself() -> None:
    require_usable_url("http://127.0.0.1:3000/_local/webhooks", allows_private=True)
    with pytest.raises(InvalidWebhookUrl):
        require_usable_url("ftp://127.0.0.1/", allows_private=True)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.1", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1"),
        *("192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "fc00::1"),
        *("fe80::1", "ff02::1", "64:ff9b::a9fe:a9fe", "2002:a00:1::", "2001:0:53aa::1"),
        *("2001:db8::1", "fd00:ec2::254", "::8.8.8.8"),
    ],
)
def test_addresses_that_are_not_the_internet(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700::1111"])
def test_addresses_that_are(address: str) -> None:
    assert is_public(ip_address(address))
