"""The promises, as assertions over a whole world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from offers.domain.transaction import TransactionStatus
from offers.ports.pages import PageRequest
from offers.ports.store.transactions import TransactionQuery

if TYPE_CHECKING:
    from offers.domain.transaction import Transaction
    from tests.proofs.world import World


def all_transactions(world: World) -> list[Transaction]:
    found: list[Transaction] = []
    request = PageRequest(limit=100)
    with world.store.reading() as store:
        while True:
            page = store.transactions.page(TransactionQuery(), request)
            found += page.items
            if page.next is None:
                return found
            request = PageRequest(limit=100, after=page.next)


def assert_ledger_holds(world: World) -> None:
    """Promise 1."""
    report = world.verify()
    assert report.is_clean, report.document()


def assert_outside_agrees(world: World) -> None:
    """Promises 2 and 4: what is refunded is not active outside, what succeeded is, and nothing is
    active outside that was not paid for."""
    paid = {each.id: each for each in all_transactions(world)}
    for operation_id in world.provisioning.activated:
        assert operation_id in paid, "active outside, but never accepted"
        assert paid[operation_id].status is not TransactionStatus.FAILED, "refunded, but active"
    for each in paid.values():
        if each.status is TransactionStatus.SUCCESS:
            assert each.id in world.provisioning.activated, "charged for nothing"


def assert_status_is_right(world: World) -> None:
    """Promise 5: the projection never runs ahead of the truth."""
    for each in all_transactions(world):
        shown = world.projection.find(each.id)
        assert shown is None or shown.version <= each.version
        if shown is not None and shown.version == each.version:
            assert shown == each


def assert_everything_settled(world: World) -> None:
    """Promise 3, once the world has calmed down: terminal, or on a person's list."""
    for each in all_transactions(world):
        assert each.status.is_terminal or each.attention_required, each


def assert_promises(world: World) -> None:
    """What holds at every moment."""
    assert_ledger_holds(world)
    assert_outside_agrees(world)
    assert_status_is_right(world)
