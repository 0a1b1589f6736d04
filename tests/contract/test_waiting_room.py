"""Port WaitingRoom: the fake and Redis."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from offers.adapters.redis.waiting_room import RedisWaitingRoom
from offers.domain.ids import UserId
from tests.fakes.waiting_room import FakeWaitingRoom

if TYPE_CHECKING:
    from offers.ports.outside.waiting_room import WaitingRoom

ADA, BOB, CLEO = (UserId(UUID(int=number)) for number in (1, 2, 3))


@pytest.fixture(params=["fake", "redis"])
def room(request: pytest.FixtureRequest) -> WaitingRoom:
    if request.param == "fake":
        return FakeWaitingRoom(places=4)
    return RedisWaitingRoom(request.getfixturevalue("redis"), places=4)


def test_a_user_has_two_places_at_once(room: WaitingRoom) -> None:
    places = [room.enter(ADA, 20) for _ in range(3)]
    assert sorted(place for place in places if place is not None) == [0, 1]
    assert places[2] is None
    room.leave(ADA, 0)
    assert room.enter(ADA, 20) == 0


def test_the_room_is_bounded(room: WaitingRoom) -> None:
    assert None not in [room.enter(user, 20) for user in (ADA, ADA, BOB, BOB)]
    assert room.enter(CLEO, 20) is None
    room.leave(BOB, 1)
    assert room.enter(CLEO, 20) is not None


def test_leaving_twice_is_harmless(room: WaitingRoom) -> None:
    room.enter(ADA, 20)
    room.leave(ADA, 0)
    room.leave(ADA, 0)
    assert room.enter(ADA, 20) == 0


def test_a_place_whose_holder_died_frees_itself(request: pytest.FixtureRequest) -> None:
    room = RedisWaitingRoom(request.getfixturevalue("redis"), places=1)
    assert room.enter(ADA, 0.5) == 0
    assert room.enter(BOB, 0.5) is None
    time.sleep(3.1)
    assert room.enter(BOB, 0.5) == 0
