"""A month of a subscription's life, with schedules skipped, repeated and run twice at once, has
exactly the emails, charges and states that ``month.py`` tells.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from offers.domain.errors import DomainError
from offers.domain.user import EmailStatus
from tests.fakes.provisioning import Mode
from tests.integration.subscriptions.month import Month
from tests.integration.worlds.subscriptions import World

if TYPE_CHECKING:
    from offers.adapters.postgres.store import PostgresStore
    from offers.domain.ids import SubscriptionId
    from offers.domain.offer import Offer
    from offers.domain.user import User
    from tests.seed import Seed

pytestmark = pytest.mark.integration

ZONES = ("UTC", "Europe/Paris", "America/New_York", "Pacific/Kiritimati", "Pacific/Pago_Pago")
STARTS = (
    datetime(2026, 3, 1, 0, 30, tzinfo=UTC),  # clocks go forward within the month
    datetime(2026, 9, 30, 22, 30, tzinfo=UTC),  # and back
    datetime(2027, 1, 31, 12, 0, tzinfo=UTC),  # a 31st; February follows
    datetime(2028, 2, 1, 23, 59, 59, tzinfo=UTC),  # a leap day lies ahead
)
RUNS = ("remind", "sweep", "both")
ACTS = ("top_up", "renew", "on", "off", "cancel", "dearer", "cheaper")
RARE = ("unsubscribe", "bounce", "refuse", "obey")

hours = st.sampled_from([1, 6, 12, 23, 24, 25, 48, 72, 96])
steps = st.tuples(
    hours,
    st.sampled_from([*RUNS * 6, *ACTS * 2, *RARE]),
    st.sampled_from([1, 1, 2]),
)


class Story:
    """The same month, once in the system and once on paper."""

    def __init__(self, world: World, scenario: dict[str, Any]) -> None:
        world.clear_stage()
        world.clock.now = scenario["start"]
        self.world = world
        self.user: User = world.seed.a_customer("100.00", time_zone=scenario["zone"])
        self.offer: Offer = world.seed.an_offer(
            "29.99", duration_days=scenario["days"], valid_from=scenario["start"]
        )
        self.id: SubscriptionId = world.subscribe(self.user, self.offer)
        ends = world.clock.now + timedelta(days=scenario["days"])
        length = timedelta(days=scenario["days"])
        self.paper = Month(scenario["zone"], 70_01, 29_99, 29_99, length, ends)
        if scenario["auto_renew"]:
            self.act("on")

    def run(self, what: str, times: int) -> None:
        now = self.world.clock.now
        if what in ("remind", "both"):
            self.world.remind(times)
            self.paper.remind(now)
        if what in ("sweep", "both"):
            self.world.sweep(times)
            self.paper.sweep(now)

    def act(self, what: str) -> None:
        world, user, paper = self.world, self.user, self.paper
        with suppress(DomainError):  # what may not be done changes nothing, here as on paper
            match what:
                case "top_up":
                    world.top_up(user, 3000)
                case "renew":
                    world.renew(user.id, self.id)
                    world.process()
                case "on" | "off":
                    world.set_auto_renew(user.id, self.id, auto_renew=what == "on")
                case "cancel":
                    world.cancel(user.id, self.id)
                case "dearer" | "cheaper":
                    world.reprice(self.offer, self._new_price(what))
                case "refuse" | "obey":
                    world.provisioning.mode = Mode.REJECT if what == "refuse" else Mode.OK
                case "unsubscribe" | "bounce":
                    self._write_about_recipient(what)
        self._note(paper, what)

    def _new_price(self, what: str) -> int:
        return max(100, self.paper.offer_price + (700 if what == "dearer" else -900))

    def _write_about_recipient(self, what: str) -> None:
        with self.world.store.unit_of_work() as work:
            if what == "bounce":
                work.users.mark_address(self.user.email, EmailStatus.BOUNCED)
            else:
                now = self.world.clock.now
                work.users.set_reminders(self.user.id, wanted=False, at=now)

    def _note(self, paper: Month, what: str) -> None:
        match what:
            case "top_up":
                paper.balance += 3000
            case "renew":
                paper.renew(self.world.clock.now)
            case "on" | "off":
                paper.switch(what == "on")
            case "cancel":
                paper.cancel()
            case "dearer" | "cheaper":
                paper.offer_price = self._new_price(what)
        paper.refuses = what == "refuse" or (paper.refuses and what != "obey")
        paper.wants_reminders = paper.wants_reminders and what != "unsubscribe"
        paper.can_be_reached = paper.can_be_reached and what != "bounce"

    def check(self) -> None:
        found, paper = self.world.subscription(self.id), self.paper
        told = [
            key if status == "queued" else f"{key} {status}"
            for key, status in self.world.notices(self.user)[1:]
        ]
        assert told == paper.emails
        assert self.world.balance(self.user.id) == paper.balance
        assert self._charges() == 1 + paper.charges
        assert (found.status, found.expires_at) == (paper.status, paper.ends)
        assert found.auto_renew == paper.auto_renew
        sent = len(self.world.emails(self.user)) - 1
        assert sent == len([key for key in paper.emails if not key.endswith(" suppressed")])

    def _charges(self) -> int:
        with self.world.seed.engine.connect() as connection:
            found: int = connection.exec_driver_sql(
                "SELECT count(*) FROM transactions WHERE subscription_id = %s", (str(self.id),)
            ).scalar_one()
            return found


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
)
@given(
    scenario=st.fixed_dictionaries(
        {
            "start": st.sampled_from(STARTS),
            "zone": st.sampled_from(ZONES),
            "days": st.sampled_from([1, 7, 30, 31]),
            "auto_renew": st.booleans(),
        }
    ),
    month=st.lists(steps, min_size=10, max_size=35),
)
@example(  # a price that rises between two reminders of one period
    scenario={"start": STARTS[1], "zone": "Europe/Paris", "days": 30, "auto_renew": True},
    month=[
        *[(24 * 23, "remind", 2), (1, "dearer", 1), (96, "remind", 1), (24, "cheaper", 1)],
        *[(25, "sweep", 2), (24 * 28, "dearer", 1), (12, "remind", 1), (24, "sweep", 1)],
    ],
)
@example(  # the same, renewed by hand
    scenario={"start": STARTS[3], "zone": "Pacific/Pago_Pago", "days": 31, "auto_renew": False},
    month=[(24 * 25, "remind", 1), (1, "dearer", 1), (96, "remind", 2), (24, "renew", 1)],
)
def test_whatever_schedules_do_a_month_is_as_it_should_be(
    store: PostgresStore, seed: Seed, scenario: dict[str, Any], month: list[tuple[int, str, int]]
) -> None:
    story = Story(World(store, seed), scenario)
    for pause, what, times in month:
        story.world.clock.now += timedelta(hours=pause)
        if what in RUNS:
            story.run(what, times)
        else:
            story.act(what)
        story.check()
    story.run("both", 2)
    story.check()


@pytest.mark.parametrize("every", [1, 2, 5])
def test_a_whole_year_of_daily_runs(store: PostgresStore, seed: Seed, every: int) -> None:
    """Renewed until the money is gone; with runs left out, the same customer keeps the service."""
    scenario = {"start": STARTS[0], "zone": "Europe/Paris", "days": 30, "auto_renew": True}
    story = Story(World(store, seed), scenario)
    for day in range(1, 150):
        story.world.clock.now += timedelta(days=1)
        if day % every == 0:
            story.run("both", 1)
            story.check()
    assert story.paper.status == "expired"
    assert story.paper.charges == 2
