"""The sweeps: pages, backlog, time, a queue that is away; and who may be written to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from offers.adapters.clock.time_zones import zone_of
from offers.domain.due_task import Task
from offers.domain.errors.notifications import UnsubscribeLinkUnknown
from offers.domain.user import EmailStatus
from offers.services.notifications.change_reminders import ChangeReminders
from offers.services.notifications.find_reminders import FindReminders
from offers.services.notifications.record_bounce import RecordBounce
from offers.services.subscriptions import sweeping
from offers.services.subscriptions.expire_and_renew import ExpireAndRenew
from offers.services.subscriptions.remind_expiring import RemindExpiring
from offers.services.subscriptions.sweeping import MAX_BACKLOG
from tests.fakes.lifecycle_queue import FakeLifecycleQueue
from tests.integration.worlds.subscriptions import DAYS, RULES, World, always

if TYPE_CHECKING:
    from offers.domain.user import User

pytestmark = pytest.mark.integration
DAY = timedelta(days=1)


def subscribers(world: World, count: int) -> list[User]:
    users, offer = [world.seed.a_customer() for _ in range(count)], world.seed.an_offer()
    for user in users:
        world.subscribe(user, offer)
        world.clock.advance(1)
    return users


def sweeps(world: World, queue: FakeLifecycleQueue) -> tuple[RemindExpiring, ExpireAndRenew]:
    reading, clock = world.store.reading, world.clock
    remind = RemindExpiring(reading, queue, clock, DAYS, zone_of)
    return remind, ExpireAndRenew(reading, queue, clock, RULES)


def test_pages_follow_on_each_other_without_gap_or_repetition(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PAGE", 2)
    subscribers(world, 5)
    queue = FakeLifecycleQueue()
    remind, expire = sweeps(world, queue)

    world.clock.now += 25 * DAY
    assert remind(always) == {Task.REMIND: 5}
    assert len({each.subscription_id for each in queue.take()}) == 5
    world.clock.now += 6 * DAY
    assert expire(always) == {Task.EXPIRE: 5}
    assert len({each.subscription_id for each in queue.take()}) == 5


def test_a_sweep_that_runs_out_of_time_is_continued_by_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "PAGE", 2)
    users = subscribers(world, 3)
    queue = FakeLifecycleQueue()
    remind, _ = sweeps(world, queue)
    world.clock.now += 25 * DAY
    for left in (3, 1):
        time = iter([True] * 3)  # one page for each of the three days
        answer = remind(lambda time=time: next(time, False))  # type: ignore[misc]
        unfinished = {"unfinished": 1} if left == 3 else {}
        assert answer == {Task.REMIND: min(left, 2), **unfinished}
        for due in queue.take():
            world.advance(due)
    assert all(("reminder_7", "queued") in world.notices(user) for user in users)


def test_a_sweep_waits_while_the_workers_are_behind(world: World) -> None:
    subscribers(world, 1)
    world.clock.now += 31 * DAY
    queue = FakeLifecycleQueue()
    remind, expire = sweeps(world, queue)
    expire(always)
    queue.sent *= MAX_BACKLOG + 1
    assert remind(always) == expire(always) == {"waiting": 1}


def test_what_the_queue_did_not_take_is_found_again(world: World) -> None:
    subscribers(world, 1)
    world.clock.now += 31 * DAY
    queue = FakeLifecycleQueue()
    _, expire = sweeps(world, queue)
    queue.is_away = True
    assert expire(always) == {Task.EXPIRE: 1, "refused": 1}
    queue.is_away = False
    assert expire(always) == {Task.EXPIRE: 1}


def test_a_link_switches_reminders_off_and_on(world: World) -> None:
    user = world.seed.a_customer()
    change = ChangeReminders(world.store.unit_of_work, world.clock)
    find = FindReminders(world.store.reading)
    for wanted in (False, False, True):
        assert change(user.unsubscribe_token, wanted=wanted).id == user.id
        assert find(user.unsubscribe_token).wants_reminders is wanted


def test_an_unknown_link_changes_nothing(world: World) -> None:
    with pytest.raises(UnsubscribeLinkUnknown):
        FindReminders(world.store.reading)(uuid4())
    with pytest.raises(UnsubscribeLinkUnknown):
        ChangeReminders(world.store.unit_of_work, world.clock)(uuid4(), wanted=False)


def test_a_complaint_outweighs_a_bounce_and_a_new_address_forgets_both(world: World) -> None:
    user, other = world.seed.a_customer(), world.seed.a_customer()
    record = RecordBounce(world.store.unit_of_work)
    assert record([user.email.upper(), "nobody@example.com"], EmailStatus.BOUNCED) == 1
    assert record([user.email], EmailStatus.COMPLAINED) == 1
    assert record([user.email], EmailStatus.BOUNCED) == 0

    def status(whose: User) -> EmailStatus:
        with world.store.reading() as store:
            return store.users.get(whose.id).email_status

    assert (status(user), status(other)) == (EmailStatus.COMPLAINED, EmailStatus.DELIVERABLE)
    with world.seed.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE users SET email = 'new@example.com' WHERE id = %s", (str(user.id),)
        )
    assert status(user) is EmailStatus.DELIVERABLE


def test_a_promise_cannot_be_raised_even_by_hand(world: World) -> None:
    (user,) = subscribers(world, 1)
    world.clock.now += 25 * DAY
    world.remind()
    assert ("reminder_7", "queued") in world.notices(user)
    with (
        pytest.raises(Exception, match="announced"),
        world.seed.engine.begin() as connection,
    ):
        connection.exec_driver_sql("UPDATE renewals SET announced_price_minor = 999999")
