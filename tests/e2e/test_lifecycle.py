"""A month of a subscription's life over HTTP, on a stack of its own, whose clock may run ahead."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg2
import pytest

from infra.local.events import scheduler
from infra.local.settings import StackSettings
from infra.local.stack import LaptopStack
from tests.e2e.client import Client, sign_in
from tests.e2e.newcomer import add_customer
from tests.local.http import Http
from tests.local.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
REMIND, SWEEP = "RemindExpiringFunction", "ExpireAndRenewFunction"
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LaptopStack]:
    """Its schedules run only when they are told to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scheduler, "TICK_SECONDS", 1e6)
        with LaptopStack(StackSettings(tmp_path_factory.mktemp("lifecycle"), port=0)) as running:
            yield running


class Life:
    """One customer with one subscription, and the means to let time pass."""

    def __init__(self, stack: LaptopStack, balance_minor: int) -> None:
        self.http = Http(stack.url)
        connection = psycopg2.connect(stack.addresses.postgres)
        connection.autocommit = True
        self.name = add_customer(connection.cursor(), balance_minor)
        connection.close()
        offers = self.client.offers("sort=price")
        self.offer = next(each for each in offers if each["duration_days"] == 30)
        accepted = self.client.activate(self.offer["id"]).json()
        self.client.settled(accepted["transaction_id"])

    @property
    def client(self) -> Client:
        """Signed in anew: tokens do not outlive a jump of the clock."""
        return sign_in(self.http, self.name)

    def subscription(self) -> dict[str, Any]:
        (found,) = self.client.get("/account/subscriptions").json()["data"]
        return dict(found)

    def go_to(self, before_end: timedelta) -> None:
        now = datetime.fromisoformat(self.http("GET", "/_local/clock").json()["now"])
        end = datetime.fromisoformat(self.subscription()["expires_at"])
        seconds = (end - before_end - now).total_seconds()
        answer = self.http("POST", "/_local/clock", {"advance_seconds": seconds})
        assert answer.status == 200, answer.content

    def run(self, *schedules: str) -> None:
        for name in schedules:
            assert self.http("POST", f"/_local/schedules/{name}").status == 200

    def mails(self) -> list[dict[str, Any]]:
        """Oldest first."""
        every = self.http("GET", "/_local/mailbox", headers=JSON).json()
        return [mail for mail in reversed(every) if f"{self.name}@example.com" in mail["to"]]

    def subjects(self, count: int) -> list[str]:
        """Once there are so many."""
        wait_for(lambda: len(self.mails()) >= count, 30)
        name = self.offer["name"]
        return [mail["subject"].replace(name, "It") for mail in self.mails()]


def test_reminded_renewed_cancelled_ended(stack: LaptopStack) -> None:
    life = Life(stack, 50_000)
    subscription = life.subscription()
    life.client.patch(f"/account/subscriptions/{subscription['id']}", {"auto_renew": True})

    life.go_to(timedelta(days=6, hours=12))
    life.run(REMIND, REMIND)
    subjects = life.subjects(2)
    assert subjects[0] == "It is active"
    assert re.fullmatch("It renews in [67] days", subjects[1])

    life.go_to(timedelta(hours=20))
    life.run(SWEEP, SWEEP)
    assert life.subjects(3)[2].startswith("It runs until")
    renewed = life.subscription()
    ended = datetime.fromisoformat(subscription["expires_at"])
    assert datetime.fromisoformat(renewed["expires_at"]) == ended + timedelta(days=30)
    kinds = [each["kind"] for each in life.client.get("/account/transactions").json()["data"]]
    assert kinds == ["renewal", "activation"]

    life.client.post(f"/account/subscriptions/{subscription['id']}/cancel")
    life.go_to(timedelta(seconds=-1))
    life.run(REMIND, SWEEP, SWEEP)
    assert life.subjects(4)[3] == "It has ended"
    assert life.subscription()["status"] == "cancelled"
    outside = life.http("GET", "/_local/provisioning").json()["activations"]
    renewal = renewed["transaction_id"]
    (operation,) = [each for each in outside if each["operation_id"] == renewal]
    assert operation["state"] == "deactivated"
    assert len(life.mails()) == 4


def test_unpaid_through_grace_then_ended_and_unsubscribed(stack: LaptopStack) -> None:
    life = Life(stack, 1_500)  # enough for one period of 9.99
    subscription = life.subscription()["id"]
    life.client.patch(f"/account/subscriptions/{subscription}", {"auto_renew": True})

    life.go_to(timedelta(days=2, hours=12))
    life.run(REMIND)
    assert re.fullmatch("It ends in [23] days", life.subjects(2)[1])
    life.go_to(timedelta(hours=23))
    life.run(SWEEP, SWEEP)
    unpaid = "It could not be renewed: please top up"
    assert life.subjects(3)[2] == unpaid
    life.go_to(timedelta(days=-3, minutes=-1))
    life.run(SWEEP, SWEEP)
    assert life.subjects(4)[3] == "It has ended"
    assert life.subscription()["status"] == "expired"

    link = re.search(r"https?://\S+/notifications/unsubscribe\?token=\S+", life.mails()[1]["text"])
    assert link is not None
    path = "/api/v1" + link.group().partition("/api/v1")[2]
    assert b"Stop reminders" in life.http("GET", path).content
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = life.http("POST", path, b"List-Unsubscribe=One-Click", form)
    assert (answer.status, b"no more reminders" in answer.content) == (200, True)
    assert life.http("GET", path[:-8] + "00000000").status == 404


def test_a_bounce_stops_everything_to_the_address(stack: LaptopStack) -> None:
    life = Life(stack, 50_000)
    life.subjects(1)
    bounce = (
        f'{{"eventType": "Bounce", "bounce": {{"bounceType": "Permanent", "bouncedRecipients": '
        f'[{{"emailAddress": "{life.name}@example.com"}}]}}}}'
    )
    event = {"Records": [{"Sns": {"Message": bounce}}]}
    function = "/_local/functions/RecordBouncesFunction/invocations"
    assert life.http("POST", function, event).status == 200

    accepted = life.client.post("/offers/renew", {"subscription_id": life.subscription()["id"]})
    assert life.client.settled(accepted.json()["transaction_id"])["status"] == "SUCCESS"
    assert len(life.mails()) == 1
