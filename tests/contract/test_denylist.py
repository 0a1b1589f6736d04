"""Port Denylist: the fake and Redis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from offers.adapters.redis.denylist import RedisDenylist
from offers.domain.ids import SessionId
from tests.factories import new_id
from tests.fakes.denylist import FakeDenylist

if TYPE_CHECKING:
    from offers.ports.outside.denylist import Denylist


@pytest.fixture(params=["fake", "redis"])
def denylist(request: pytest.FixtureRequest) -> Denylist:
    if request.param == "fake":
        return FakeDenylist()
    return RedisDenylist(request.getfixturevalue("redis"))


def test_only_sessions_that_were_denied_are_denied(denylist: Denylist) -> None:
    until = datetime.now(UTC) + timedelta(minutes=15)
    first, second, third = (SessionId(new_id()) for _ in range(3))
    denylist.deny([first, second], until)
    denylist.deny([first], until)
    denylist.deny([], until)
    assert [denylist.is_denied(each) for each in (first, second, third)] == [True, True, False]
