from __future__ import annotations

import pytest

from offers.domain.backoff import MAX_DELAY_SECONDS, delay_seconds

ALMOST_ONE = 0.999999


@pytest.mark.parametrize(
    ("attempt", "longest"), [(0, 5), (1, 5), (2, 10), (3, 20), (8, MAX_DELAY_SECONDS), (10**6, 600)]
)
def test_each_wait_doubles_and_half_of_it_is_left_to_chance(attempt: int, longest: int) -> None:
    assert delay_seconds(attempt, 0) == longest
    assert delay_seconds(attempt, ALMOST_ONE) == longest - longest // 2
