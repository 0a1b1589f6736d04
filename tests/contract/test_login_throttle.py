"""Port LoginThrottle: in this process and in Redis."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from offers.adapters.memory.login_throttle import ProcessLoginThrottle
from offers.adapters.redis.login_throttle import RedisLoginThrottle
from offers.domain.errors.sessions import TooManyAttempts
from offers.domain.sign_in import TRIES_PER_NETWORK, TRIES_PER_USERNAME, SignInAttempt

if TYPE_CHECKING:
    from offers.domain.sign_in import Attempt
    from offers.ports.outside.login_throttle import LoginThrottle

ELSEWHERE = "198.51.100.1"


class NotAsked:
    """Nobody counts here while Redis does."""

    def admit(self, attempt: Attempt) -> None:
        raise AssertionError(attempt)

    def clear(self, attempt: Attempt) -> None:
        """Either may have counted."""


@pytest.fixture(params=["process", "redis"])
def throttle(request: pytest.FixtureRequest) -> LoginThrottle:
    if request.param == "process":
        return ProcessLoginThrottle()
    return RedisLoginThrottle(request.getfixturevalue("redis"), NotAsked())


def a_try(name: str = "user1", network: str = "192.0.2.1") -> SignInAttempt:
    return SignInAttempt(name, network, is_from_known_place=False)


def at_home(name: str = "user1", network: str = "192.0.2.1") -> SignInAttempt:
    return SignInAttempt(name, network, is_from_known_place=True)


def fail(throttle: LoginThrottle, attempt: SignInAttempt, times: int) -> None:
    for _ in range(times):
        throttle.admit(attempt)


def test_a_username_waits_after_too_many_failures_from_any_address(throttle: LoginThrottle) -> None:
    fail(throttle, a_try(network="192.0.2.1"), TRIES_PER_USERNAME - 1)
    fail(throttle, a_try(network="192.0.2.2"), 1)
    with pytest.raises(TooManyAttempts) as refusal:
        throttle.admit(a_try(network="192.0.2.3"))
    assert 0 < refusal.value.retry_after_seconds <= 900
    throttle.admit(a_try("user2"))


def test_an_address_waits_after_too_many_failures_on_any_username(throttle: LoginThrottle) -> None:
    for number in range(TRIES_PER_NETWORK):
        throttle.admit(a_try(f"user{number}"))
    with pytest.raises(TooManyAttempts):
        throttle.admit(a_try("somebody"))
    throttle.admit(a_try("somebody", ELSEWHERE))


def test_where_the_user_has_been_strangers_do_not_count(throttle: LoginThrottle) -> None:
    for number in range(TRIES_PER_NETWORK):
        throttle.admit(a_try(f"user{number}"))
    fail(throttle, a_try("ada", ELSEWHERE), TRIES_PER_USERNAME)
    with pytest.raises(TooManyAttempts):
        throttle.admit(a_try("ada", ELSEWHERE))
    throttle.admit(at_home("ada"))


def test_where_the_user_has_been_there_is_a_limit_too(throttle: LoginThrottle) -> None:
    fail(throttle, at_home(), TRIES_PER_USERNAME)
    with pytest.raises(TooManyAttempts):
        throttle.admit(at_home())
    throttle.admit(at_home(network=ELSEWHERE))
    throttle.admit(at_home("user2"))
    throttle.admit(a_try())


def test_the_right_password_forgets_the_username_but_not_the_address(
    throttle: LoginThrottle,
) -> None:
    for number in range(TRIES_PER_NETWORK - 1):
        throttle.admit(a_try(f"user{number}"))
    throttle.admit(a_try("ada"))
    throttle.clear(a_try("ada"))  # one try remains at the address
    throttle.admit(a_try("ada"))
    with pytest.raises(TooManyAttempts):
        throttle.admit(a_try("user2"))


@pytest.mark.parametrize("attempt", [a_try(), at_home()], ids=["anywhere", "at home"])
def test_whoever_signs_in_rightly_is_never_slowed_down(
    throttle: LoginThrottle, attempt: SignInAttempt
) -> None:
    for _ in range(TRIES_PER_NETWORK + 1):
        throttle.admit(attempt)
        throttle.clear(attempt)


def test_guessing_in_parallel_gains_nothing(throttle: LoginThrottle) -> None:
    def is_admitted(_number: int) -> bool:
        try:
            throttle.admit(a_try())
        except TooManyAttempts:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(is_admitted, range(20))) == TRIES_PER_USERNAME


def test_clearing_what_was_never_counted_is_harmless(throttle: LoginThrottle) -> None:
    throttle.clear(a_try("nobody", ""))
    throttle.admit(a_try("nobody", ""))
