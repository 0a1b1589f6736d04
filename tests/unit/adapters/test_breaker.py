"""The breaker opens at once, closes after a while, and says so once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.adapters.breaker import Breaker

if TYPE_CHECKING:
    import pytest


def test_it_opens_for_its_pause(caplog: pytest.LogCaptureFixture) -> None:
    now = [1000.0]
    breaker = Breaker("Redis", 5, lambda: now[0])
    states = [breaker.is_open]
    breaker.trip("timeout")
    breaker.trip("timeout")
    states.append(breaker.is_open)
    now[0] += 5
    states.append(breaker.is_open)
    assert states == [False, True, False]
    assert [record.getMessage() for record in caplog.records] == [
        "Redis is away; not asked again for 5 s: timeout"
    ]
    breaker.trip("timeout")
    assert len(caplog.records) == 2


def test_success_closes_it() -> None:
    breaker = Breaker("Redis", 5, lambda: 1000.0)
    breaker.trip("timeout")
    breaker.reset()
    assert not breaker.is_open


def test_a_clock_that_was_set_back_does_not_keep_it_open() -> None:
    now = [1000.0]
    breaker = Breaker("Redis", 5, lambda: now[0])
    breaker.trip("timeout")
    now[0] -= 3600
    assert not breaker.is_open
