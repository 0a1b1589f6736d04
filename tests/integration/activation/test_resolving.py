"""An operator settles what the machinery could not: once, audited, and never against the truth."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from offers.domain.errors.activation import (
    TransactionAlreadySettled,
    TransactionLeased,
    TransactionNotFound,
)
from offers.domain.errors.administration import NotPermitted
from offers.domain.ids import TransactionId
from offers.domain.outcome import Activated
from offers.domain.story import StoryKind
from offers.domain.transaction import TransactionStatus
from offers.domain.waiting import STANDSTILL
from offers.ports.pages import PageRequest
from offers.ports.store.transactions import TransactionQuery
from offers.services.activation.resolve_by_operator import (
    OperatorOutcome,
    OperatorVerdict,
)
from offers.services.activation.views import SearchTransactions, TellTransaction
from tests.factories import new_id
from tests.integration.worlds.administration import WHY
from tests.threads import all_at_once

if TYPE_CHECKING:
    from offers.domain.transaction import Transaction
    from offers.services.activation.claim_transaction import Claimed
    from tests.integration.worlds.administration import World

pytestmark = pytest.mark.integration

ACTIVATED = OperatorVerdict(OperatorOutcome.ACTIVATED, WHY, "PRV-1")
NOT_ACTIVATED = OperatorVerdict(OperatorOutcome.NOT_ACTIVATED, WHY)


def balance_of(world: World, transaction: Transaction) -> str:
    with world.store.reading() as store:
        return store.accounts.of_user(transaction.user_id).balance.amount


def test_activated_starts_the_service(world: World) -> None:
    flagged = world.a_flagged_transaction()

    settlement = world.resolve(world.admin_id, flagged.id, ACTIVATED)

    settled = settlement.transaction
    assert settlement.is_new
    assert (settled.status, settled.provisioning_reference) == (TransactionStatus.SUCCESS, "PRV-1")
    assert not settled.attention_required
    assert balance_of(world, flagged) == "70.01"
    (event,) = world.audit(subject=f"transaction:{flagged.id}")
    assert (event.action, event.reason) == ("transaction.resolved", WHY)
    assert world.status.find(flagged.id) == settled
    assert world.is_ledger_clean()


def test_not_activated_refunds_in_the_operators_name(world: World) -> None:
    flagged = world.a_flagged_transaction()

    world.resolve(world.admin_id, flagged.id, NOT_ACTIVATED)

    assert balance_of(world, flagged) == "100.00"
    _, events = TellTransaction(world.store.reading)(world.admin_id, flagged.id)
    (refund,) = [e for e in events if e.facts.get("kind") == "refund"]
    assert refund.facts["actor"] == f"admin:{world.admin_id}"
    assert world.is_ledger_clean()


def test_the_same_verdict_again_is_answered_and_the_other_refused(world: World) -> None:
    flagged = world.a_flagged_transaction()
    first = world.resolve(world.admin_id, flagged.id, NOT_ACTIVATED)

    again = world.resolve(world.admin_id, flagged.id, NOT_ACTIVATED)

    assert (again.transaction, again.is_new) == (first.transaction, False)
    with pytest.raises(TransactionAlreadySettled):
        world.resolve(world.admin_id, flagged.id, ACTIVATED)
    assert len(world.audit()) == 1
    assert balance_of(world, flagged) == "100.00"


def test_opposite_verdicts_at_once_leave_one(world: World) -> None:
    flagged = world.a_flagged_transaction()

    def resolve(verdict: OperatorVerdict) -> bool:
        try:
            return world.resolve(world.admin_id, flagged.id, verdict).is_new
        except (TransactionLeased, TransactionAlreadySettled):
            return False

    outcomes = all_at_once([lambda: resolve(ACTIVATED), lambda: resolve(NOT_ACTIVATED)] * 2)
    assert outcomes.count(True) == 1
    assert len(world.audit()) == 1
    assert world.is_ledger_clean()


def test_a_running_transaction_is_left_to_its_worker(world: World) -> None:
    user = world.seed.a_customer()
    pending = world.seed.a_purchase(user, world.seed.an_offer(), at=world.clock()).transaction

    with pytest.raises(TransactionLeased):
        world.resolve(world.admin_id, pending.id, NOT_ACTIVATED)
    world.claim(pending.id)
    with pytest.raises(TransactionLeased):
        world.resolve(world.admin_id, pending.id, NOT_ACTIVATED)
    world.clock.now += STANDSTILL + timedelta(seconds=1)
    assert world.resolve(world.admin_id, pending.id, NOT_ACTIVATED).is_new


def test_a_late_success_wins_over_the_operator(world: World) -> None:
    """The worker's answer arrives between the operator's look and the settlement."""
    flagged = world.a_flagged_transaction()

    class LateSuccess:
        def __call__(self, claimed: Claimed, *rest: object, **more: object) -> object:
            world.settle(claimed, Activated("PRV-9"))
            return world.settle(claimed, *rest, **more)  # type: ignore[arg-type]

    object.__setattr__(world.resolve, "settle", LateSuccess())
    with pytest.raises(TransactionAlreadySettled):
        world.resolve(world.admin_id, flagged.id, NOT_ACTIVATED)
    assert balance_of(world, flagged) == "70.01"
    assert world.audit() == ()


def test_a_refund_needs_the_claim_it_was_decided_under(world: World) -> None:
    flagged = world.a_flagged_transaction()

    class ClaimLost:
        def __call__(self, claimed: Claimed, *rest: object, **more: object) -> object:
            world.claim.release(claimed.transaction)
            return world.settle(claimed, *rest, **more)  # type: ignore[arg-type]

    object.__setattr__(world.resolve, "settle", ClaimLost())
    with pytest.raises(TransactionLeased):
        world.resolve(world.admin_id, flagged.id, NOT_ACTIVATED)
    assert balance_of(world, flagged) == "70.01"


def test_nobody_else_may_and_unknown_is_unknown(world: World) -> None:
    flagged = world.a_flagged_transaction()
    with pytest.raises(NotPermitted):
        world.resolve(flagged.user_id, flagged.id, ACTIVATED)
    with pytest.raises(TransactionNotFound):
        world.resolve(world.admin_id, TransactionId(new_id()), ACTIVATED)


def test_the_attention_list_and_searches_find_it(world: World) -> None:
    flagged = world.a_flagged_transaction()
    other = world.seed.a_purchase(world.seed.a_customer(), world.seed.an_offer()).transaction
    search = SearchTransactions(world.store.reading)

    def found(query: TransactionQuery) -> list[TransactionId]:
        page = search(world.admin_id, query, PageRequest())
        return [each.transaction.id for each in page.items]

    assert found(TransactionQuery(attention_required=True)) == [flagged.id]
    assert found(TransactionQuery(attention_required=False)) == [other.id]
    assert found(TransactionQuery(reference=other.reference)) == [other.id]
    assert found(TransactionQuery(partner_reference="x", partner_id=None)) == []
    assert found(TransactionQuery(user_id=flagged.user_id)) == [flagged.id]
    assert found(TransactionQuery()) == [other.id, flagged.id]
    assert found(TransactionQuery(is_oldest_first=True)) == [flagged.id, other.id]


def test_ids_come_with_the_names_they_stand_for(world: World) -> None:
    flagged = world.a_flagged_transaction()
    with world.store.reading() as store:
        user, offer = store.users.get(flagged.user_id), store.offers.get(flagged.offer_id)

    view, _ = TellTransaction(world.store.reading)(world.admin_id, flagged.id)

    assert (view.username, view.offer_code) == (user.username, offer.code)
    assert view.partner_name is None


def test_the_story_is_complete_and_in_order(world: World) -> None:
    flagged = world.a_flagged_transaction()
    world.resolve(world.admin_id, flagged.id, ACTIVATED)

    view, events = TellTransaction(world.store.reading)(world.admin_id, flagged.id)

    transaction = view.transaction
    assert transaction.status is TransactionStatus.SUCCESS
    assert [event.at for event in events] == sorted(event.at for event in events)
    kinds = [event.kind for event in events]
    assert kinds.count(StoryKind.TRANSACTION) == transaction.version
    assert {StoryKind.LEDGER_ENTRY, StoryKind.NOTIFICATION, StoryKind.AUDIT} <= set(kinds)
    versions = [e.facts["status"] for e in events if e.kind is StoryKind.TRANSACTION]
    assert versions == ["PENDING", "PROCESSING", "PROCESSING", "PROCESSING", "SUCCESS"]
