"""Port Provisioning: the fake, and HTTP to a server that does what the fake does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from offers.adapters.provisioning.http import HttpProvisioning
from offers.domain.ids import TransactionId
from offers.domain.outcome import Activated, Done, NotActivated, NotDone, Refused, Unknown
from tests.contract.provisioning_server import ProvisioningServer
from tests.contract.values import an_order
from tests.factories import new_id
from tests.fakes.provisioning import FakeProvisioning, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from offers.ports.outside.provisioning import Provisioning


@pytest.fixture
def outside() -> FakeProvisioning:
    """What really happens, whoever asks."""
    return FakeProvisioning()


@pytest.fixture(params=["fake", "http"])
def provisioning(
    request: pytest.FixtureRequest, outside: FakeProvisioning
) -> Iterator[Provisioning]:
    if request.param == "fake":
        yield outside
        return
    with ProvisioningServer(outside) as url:
        yield HttpProvisioning(f"{url}/base/", timeout_seconds=10)


def test_an_order_takes_effect_once_however_often_it_is_given(
    provisioning: Provisioning, outside: FakeProvisioning
) -> None:
    order = an_order()
    first, second = provisioning.activate(order), provisioning.activate(order)
    assert first == second == Activated("PRV-1")
    assert outside.orders == [order, order]
    assert provisioning.find(order.operation_id) == Activated("PRV-1")


def test_a_refusal_is_definite(provisioning: Provisioning, outside: FakeProvisioning) -> None:
    order = an_order()
    outside.upcoming = [Mode.REJECT]
    refusal = provisioning.activate(order)
    assert refusal == Refused("address_not_served", "This address is not served.")
    assert provisioning.activate(order) == refusal
    assert provisioning.find(order.operation_id) == NotActivated()


def test_unavailable_means_nothing_was_done(
    provisioning: Provisioning, outside: FakeProvisioning
) -> None:
    order = an_order()
    outside.upcoming = [Mode.UNAVAILABLE]
    answer = provisioning.activate(order)
    assert isinstance(answer, NotDone)
    assert answer.retry_after_seconds == 30
    assert provisioning.find(order.operation_id) == NotActivated()


@pytest.mark.parametrize(
    ("mode", "truth"),
    [
        (Mode.TIMEOUT_BEFORE_EFFECT, NotActivated()),
        (Mode.TIMEOUT_AFTER_EFFECT, Activated("PRV-1")),
        (Mode.GARBAGE, NotActivated()),
    ],
)
def test_what_is_not_understood_is_unknown_until_asked_for(
    provisioning: Provisioning, outside: FakeProvisioning, mode: Mode, truth: Any
) -> None:
    order = an_order()
    outside.upcoming = [mode]
    assert isinstance(provisioning.activate(order), Unknown)
    assert provisioning.find(order.operation_id) == truth


def test_an_operation_never_heard_of_is_not_activated(provisioning: Provisioning) -> None:
    assert provisioning.find(TransactionId(new_id())) == NotActivated()


@pytest.mark.parametrize("mode", [Mode.UNAVAILABLE, Mode.TIMEOUT_BEFORE_EFFECT, Mode.GARBAGE])
def test_asking_an_outside_that_is_not_well_is_unknown(
    provisioning: Provisioning, outside: FakeProvisioning, mode: Mode
) -> None:
    outside.upcoming = [mode]
    assert isinstance(provisioning.find(TransactionId(new_id())), Unknown)


def test_a_service_is_ended(provisioning: Provisioning, outside: FakeProvisioning) -> None:
    order = an_order()
    provisioning.activate(order)
    assert isinstance(provisioning.deactivate(order), Done)
    assert provisioning.find(order.operation_id) == NotActivated()
    outside.upcoming = [Mode.UNAVAILABLE, Mode.GARBAGE]
    assert isinstance(provisioning.deactivate(order), NotDone)
    assert isinstance(provisioning.deactivate(order), Unknown)
