"""Counting sign-ins in the process: bounded in time and in memory."""

from __future__ import annotations

import pytest

from offers.adapters.memory import login_throttle
from offers.adapters.memory.login_throttle import ProcessLoginThrottle
from offers.domain.errors.sessions import TooManyAttempts
from offers.domain.sign_in import TRIES_PER_USERNAME, SignInAttempt


def an_attempt(name: str = "ada") -> SignInAttempt:
    return SignInAttempt(name, "192.0.2.1", is_from_known_place=True)


def test_a_window_ends_by_itself() -> None:
    now = [1000.0]
    throttle = ProcessLoginThrottle(lambda: now[0])
    for _ in range(TRIES_PER_USERNAME):
        throttle.admit(an_attempt())
    now[0] += 899
    with pytest.raises(TooManyAttempts) as refusal:
        throttle.admit(an_attempt())
    assert refusal.value.retry_after_seconds == 1
    now[0] += 1
    throttle.admit(an_attempt())


def test_no_more_is_kept_than_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_throttle, "MOST", 3)
    throttle = ProcessLoginThrottle()
    for number in range(50):
        throttle.admit(an_attempt(f"name {number}"))
    assert len(throttle._tries) == 3
