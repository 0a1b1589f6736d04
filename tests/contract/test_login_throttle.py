"""Port LoginThrottle: the fake and Redis."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from offers.adapters.redis.login_throttle import RedisLoginThrottle
from offers.domain.errors.sessions import TooManyAttempts
from tests.fakes.login_throttle import FakeLoginThrottle

if TYPE_CHECKING:
    from offers.ports.outside.login_throttle import LoginThrottle


@pytest.fixture(params=["fake", "redis"])
def throttle(request: pytest.FixtureRequest) -> LoginThrottle:
    if request.param == "fake":
        return FakeLoginThrottle(per_username=3, per_address=5)
    redis = request.getfixturevalue("redis")
    return RedisLoginThrottle(redis, per_username=3, per_address=5)


def fail(throttle: LoginThrottle, times: int, username: str, address: str) -> None:
    for _ in range(times):
        throttle.admit(username, address)


def test_a_username_waits_after_too_many_failures_from_any_address(throttle: LoginThrottle) -> None:
    fail(throttle, 2, "user1", "192.0.2.1")
    fail(throttle, 1, "user1", "192.0.2.2")
    with pytest.raises(TooManyAttempts) as refusal:
        throttle.admit("user1", "192.0.2.3")
    assert 0 < refusal.value.retry_after_seconds <= 900
    throttle.admit("user2", "192.0.2.1")


def test_an_address_waits_after_too_many_failures_on_any_username(throttle: LoginThrottle) -> None:
    for number in range(5):
        fail(throttle, 1, f"user{number}", "192.0.2.1")
    with pytest.raises(TooManyAttempts):
        throttle.admit("somebody", "192.0.2.1")
    throttle.admit("somebody", "192.0.2.2")


def test_usernames_differ_only_by_more_than_case(throttle: LoginThrottle) -> None:
    fail(throttle, 3, "User1", "192.0.2.1")
    with pytest.raises(TooManyAttempts):
        throttle.admit("uSER1", "192.0.2.1")


def test_the_right_password_forgets_the_username_but_not_the_address(
    throttle: LoginThrottle,
) -> None:
    fail(throttle, 3, "user1", "192.0.2.1")
    throttle.clear("User1", "192.0.2.1")  # two tries remain at the address
    fail(throttle, 3, "user1", "192.0.2.1")
    with pytest.raises(TooManyAttempts):
        throttle.admit("user2", "192.0.2.1")


def test_whoever_signs_in_rightly_is_never_slowed_down(throttle: LoginThrottle) -> None:
    for _ in range(20):
        throttle.admit("user1", "192.0.2.1")
        throttle.clear("user1", "192.0.2.1")


def test_guessing_in_parallel_gains_nothing(throttle: LoginThrottle) -> None:
    def is_admitted(_number: int) -> bool:
        try:
            throttle.admit("user1", "192.0.2.1")
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(is_admitted, range(20))) <= 3


def test_clearing_what_was_never_counted_is_harmless(throttle: LoginThrottle) -> None:
    throttle.clear("nobody", "")
    throttle.admit("nobody", "")
