"""Port Denylist: the fake and Redis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from offers.adapters.redis.denylist import RedisDenylist
from tests.fakes.denylist import FakeDenylist

if TYPE_CHECKING:
    from offers.ports.outside.denylist import Denylist


@pytest.fixture(params=["fake", "redis"])
def denylist(request: pytest.FixtureRequest) -> Denylist:
    if request.param == "fake":
        return FakeDenylist()
    return RedisDenylist(request.getfixturevalue("redis"))


def test_only_the_token_that_was_denied_is_denied(denylist: Denylist) -> None:
    until = datetime.now(UTC) + timedelta(minutes=15)
    denylist.deny("token-1", until)
    denylist.deny("token-1", until)
    assert denylist.is_denied("token-1")
    assert not denylist.is_denied("token-2")
